// The side panel: what is chosen, with its facts; or the corpus as a whole.
function showPanel(shown) {
  const panel = byId("details");
  panel.replaceChildren(...(view.path ? pathPanel(shown) : view.chosen?.node ? nodePanel(view.chosen.node, shown) : view.chosen?.edge ? edgePanel(view.chosen.edge) : view.chosen?.community ? communityPanel(view.chosen.community, shown) : overview(shown)));
  panel.scrollTop = 0;
}

function overview(shown) {
  const most = [...shown.nodes].map((id) => nodes[id]).filter((node) => node.degree > 0)
    .sort((a, b) => b.degree - a.degree || a.id - b.id).slice(0, 10);
  const shownCount = [...shown.edges.values()].reduce((sum, list) => sum + list.length, 0);
  return [
    el("h2", {}, document.querySelector("h1").textContent.split(":")[0]),
    el("p", { class: "also" }, "Who enacted, signed, launched, hosted or opposed what, and the sentence that says so. Click a node or a line to read its facts."),
    el("dl", { class: "figures" }, figure("Documents", counts.documents), figure("Entities", counts.entities), figure("Facts", counts.facts)),
    el("h3", {}, "Best connected in this view, with neighbours"),
    ranking(most),
    ...communityList(shown.closed),
    el("p", { class: "also" }, `This view holds ${plural(shown.nodes.size, "entity", "entities")} and ${plural(shownCount, "fact")}.`),
  ];
}

function ranking(listed) {
  return el("ol", { class: "ranking" }, ...listed.map((node) => el("li", {}, symbol(node.kind), entityButton(node), el("span", { class: "count" }, String(node.degree)))));
}

function figure(name, value) {
  return el("div", {}, el("dt", {}, name), el("dd", {}, typeof value === "number" ? value.toLocaleString("en") : value));
}

function nodePanel(node, shown) {
  const listed = incident[node.id].flatMap((edge) => shownFacts(edge)).sort(chronological);
  const hidden = incident[node.id].flatMap((edge) => edge.facts).length - listed.length;
  const also = [...new Set(node.aliases)].filter((name) => name !== node.label);
  const focused = view.trail.at(-1) === node.id;
  return [
    el("p", { class: "kind-line" }, symbol(node.kind), node.type),
    el("h2", {}, node.label),
    also.length ? el("p", { class: "also" }, "Also: ", also.slice(0, 12).join(" · ")) : "",
    el("div", { class: "actions" },
      node.page ? link(node.page, "Open the dossier") : "",
      focused ? "" : el("button", { type: "button", class: "small", id: "focus-node", onclick: () => focusOn(node.id) }, "Focus"),
      el("button", { type: "button", class: "small", onclick: () => openPath(node) }, "Path from here")),
    el("dl", { class: "figures" },
      figure("Neighbours", node.degree),
      figure("Facts", incident[node.id].flatMap((edge) => edge.facts).length),
      figure("Documents", node.documents.length),
      // Nodes are numbered by their rank.
      !corpus.embedded && node.degree ? figure("Rank", node.id + 1) : "",
      node.community ? figure("Community", link(corpus.communities[communityAt.get(node.community)].page, node.community)) : ""),
    el("h3", {}, listed.length ? "Facts" : "No fact in this view"),
    ...factList(listed),
    hidden ? el("p", { class: "also" }, `${plural(hidden, "fact")} hidden by the filters.`) : "",
    shown.nodes.has(node.id) ? "" : el("p", { class: "also" }, "This entity is not in the present view; Focus shows it with its neighbours."),
  ];
}

function edgePanel(edge) {
  return [
    el("p", { class: "kind-line" }, corpus.statuses[edge.status].label),
    el("h2", { class: `family-${corpus.predicates[edge.predicate].family}` }, nodes[edge.from].label, " ", el("span", { class: "predicate" }, predicateLabel(edge)), " ", nodes[edge.to].label),
    el("h3", {}, plural(edge.facts.length, "sentence says so", "sentences say so")),
    ...factList(edge.facts.map((number) => facts[number]).sort(chronological)),
  ];
}

function pathPanel(shown) {
  const ids = [...shown.nodes];
  const joined = shown.edges.size > 0;
  const steps = ids.slice(1).map((id, at) => [...shown.edges].filter(([edge]) => [edge.from, edge.to].includes(id) && [edge.from, edge.to].includes(ids[at])).flatMap(([, list]) => list));
  return [
    el("p", { class: "kind-line" }, joined ? `${plural(steps.length, "step")} apart` : "No path"),
    el("h2", {}, `${nodes[view.path[0]].label} to ${nodes[view.path[1]].label}`),
    el("div", { class: "actions" }, el("button", { type: "button", class: "small", onclick: closePath }, "Close the path")),
    joined ? "" : el("p", {}, "Nothing in this view connects the two. Fewer filters may help."),
    ...(joined ? steps.flatMap((list, at) => [el("h3", {}, `Step ${at + 1}`), ...factList(list, 5)]) : []),
  ];
}
