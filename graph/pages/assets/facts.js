// One fact as a reader sees it: who did what, when, how sure, and the sentence that says so.
function factItem(fact) {
  const { edge } = fact;
  return el("li", { class: `fact family-${corpus.predicates[edge.predicate].family}` },
    el("p", { class: "says" }, entityButton(nodes[edge.from]), " ", el("span", { class: "predicate" }, predicateLabel(edge)), " ", entityButton(nodes[edge.to])),
    sentence(fact),
    el("p", { class: "source" },
      fact.date ? el("span", { class: "badge date" }, fact.date) : "",
      edge.status === "asserted" ? "" : el("span", { class: `badge ${edge.status}` }, corpus.statuses[edge.status].label),
      link(fact.anchor, corpus.documents[fact.document].title),
      fact.speaker ? el("span", {}, `according to ${fact.speaker}`) : "",
      el("span", {}, `confidence ${fact.confidence.toFixed(2)}`)));
}

function sentence(fact) {
  return el("blockquote", {}, ...fact.parts.map(([text, role]) => (role ? el("mark", {}, text) : text)));
}

function entityButton(node) {
  return el("button", { type: "button", class: "link", onclick: () => choose({ node }) }, node.label);
}

// Long lists open in steps, so that an entity with thousands of facts does not stall the page.
function factList(items, step = 40) {
  const list = el("ol", { class: "plain" });
  const more = el("button", { type: "button", class: "more" });
  let shown = 0;
  const open = () => {
    list.append(...items.slice(shown, shown + step).map(factItem));
    shown = Math.min(items.length, shown + step);
    more.hidden = shown >= items.length;
    more.textContent = `Show ${Math.min(step, items.length - shown)} more of ${items.length - shown}`;
  };
  more.addEventListener("click", open);
  open();
  return [list, more];
}

const chronological = (one, two) => (one.date || "9999").localeCompare(two.date || "9999") || facts.indexOf(one) - facts.indexOf(two);
