// Finding an entity by any of its names, as a combobox in the sense of the ARIA Authoring Practices.
const names = nodes.flatMap((node) => [node.label, ...node.aliases].map((name, at) => ({ node, name, text: folded(name), alias: at > 0 })));

function matches(query, most = 12) {
  const wanted = folded(query.trim());
  if (!wanted) return [];
  const found = new Map();
  for (const entry of names) {
    const at = entry.text.indexOf(wanted);
    if (at < 0) continue;
    const rank = (entry.text === wanted ? 0 : at === 0 ? 1 : /[\s(-]/.test(entry.text[at - 1]) ? 2 : 3) + (entry.alias ? 0.5 : 0);
    if (!found.has(entry.node) || found.get(entry.node).rank > rank) found.set(entry.node, { ...entry, rank });
  }
  return [...found.values()].sort((a, b) => a.rank - b.rank || a.node.id - b.node.id).slice(0, most);
}

function combobox(input, list, picked) {
  let offers = [];
  let at = -1;
  const close = () => { list.hidden = true; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); };
  const mark = () => {
    [...list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === at)));
    if (at >= 0) { input.setAttribute("aria-activedescendant", `${list.id}-${at}`); list.children[at].scrollIntoView({ block: "nearest" }); }
  };
  const pick = (index) => { input.value = offers[index].node.label; close(); picked(offers[index].node); };
  const open = () => {
    offers = matches(input.value);
    at = offers.length ? 0 : -1;
    list.replaceChildren(...offers.map(({ node, name, alias }, index) => el("li", { role: "option", id: `${list.id}-${index}`, "aria-selected": "false", onclick: () => pick(index) },
      symbol(node.kind), el("span", {}, node.label, el("small", {}, alias ? `${name} · ${node.type}` : node.type)))));
    if (!offers.length && input.value.trim()) list.replaceChildren(el("li", { class: "none", role: "option", "aria-selected": "false", "aria-disabled": "true" }, "No such name."));
    list.hidden = !input.value.trim();
    input.setAttribute("aria-expanded", String(!list.hidden));
    mark();
  };
  input.addEventListener("input", open);
  input.addEventListener("blur", () => setTimeout(close, 150));
  list.addEventListener("mousedown", (event) => event.preventDefault());
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) return open();
      if (offers.length) at = (at + (event.key === "ArrowDown" ? 1 : offers.length - 1)) % offers.length;
      mark();
    } else if (event.key === "Enter" && !list.hidden && at >= 0) {
      event.preventDefault();
      pick(at);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      if (list.hidden) input.value = "";
      close();
    }
  });
}
