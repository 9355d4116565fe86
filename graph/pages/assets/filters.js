// Which nodes, edges and facts the present view holds, and the controls that say so.
const DOCUMENTS_LISTED = 60;
const COMMUNITIES_LISTED = 300;
function factShown(fact) {
  const year = yearOf(fact);
  return !view.documents.has(fact.document) && fact.confidence >= view.confidence
    && (year === null ? view.undated : year >= view.from && year <= view.to);
}

function shownFacts(edge) {
  if (view.predicates.has(edge.predicate) || view.statuses.has(edge.status)) return [];
  return edge.facts.map((number) => facts[number]).filter(factShown);
}

function nodeAllowed(node) {
  return !view.kinds.has(node.kind) && (!view.community || node.community === view.community);
}

// {nodes: Set of ids, edges: Map of edge -> its facts that pass, closed: Map of community -> its members not drawn yet}
function visible() {
  const passing = new Map();
  const links = new Map();
  for (const edge of edges) {
    if (!nodeAllowed(nodes[edge.from]) || !nodeAllowed(nodes[edge.to])) continue;
    const shown = shownFacts(edge);
    if (!shown.length) continue;
    passing.set(edge, shown);
    for (const id of [edge.from, edge.to]) {
      if (!links.has(id)) links.set(id, []);
      links.get(id).push(edge);
    }
  }
  let kept;
  const closed = new Map();
  let missing = 0;
  if (view.path) {
    kept = new Set(shortestPath(view.path[0], view.path[1], links) || view.path);
  } else if (view.trail.length) {
    kept = new Set(reach(view.trail.at(-1), links, view.depth).keys());
  } else {
    const drawn = (node) => node.principal || view.all || view.community || view.opened.has(node.community) || view.chosen?.node === node;
    kept = new Set();
    for (const id of links.keys()) {
      const { community } = nodes[id];
      if (drawn(nodes[id])) kept.add(id);
      else {
        missing += 1;
        if (community) closed.set(community, (closed.get(community) || 0) + 1);
      }
    }
    if (view.unlinked) for (const node of nodes) if (!links.has(node.id) && nodeAllowed(node) && inShownDocument(node)) kept.add(node.id);
  }
  const order = view.path ? [...kept] : null;
  const together = (edge) => kept.has(edge.from) && kept.has(edge.to)
    && (!order || Math.abs(order.indexOf(edge.from) - order.indexOf(edge.to)) === 1);
  return { nodes: kept, edges: new Map([...passing].filter(([edge]) => together(edge))), links, missing, closed };
}

function inShownDocument(node) {
  return !node.documents.length || node.documents.some((at) => !view.documents.has(at));
}

function fillFilters(changed) {
  const tally = (items, key) => items.reduce((sums, item) => sums.set(key(item), (sums.get(key(item)) || 0) + 1), new Map());
  const kinds = tally(nodes, (node) => node.kind);
  for (const group of Object.keys(values)) turnAll(group, changed);
  for (const [kind, entry] of Object.entries(corpus.kinds)) {
    if (kinds.has(kind)) byId("filter-kinds").append(check("kinds", kind, entry.plural, kinds.get(kind), symbol(kind), changed));
  }
  const used = facts.filter((fact) => fact.edge);
  const predicates = tally(used, (fact) => fact.edge.predicate);
  const list = el("div", { class: "scroll-list" });
  byId("filter-predicates").append(list);
  const ranked = [...predicates].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  for (const [name, count] of ranked) {
    const { label, family } = corpus.predicates[name];
    list.append(check("predicates", name, label, count, lineSample(`family-${family}`, []), changed));
  }
  const statuses = tally(used, (fact) => fact.edge.status);
  for (const [name, entry] of Object.entries(corpus.statuses)) {
    byId("filter-statuses").append(check("statuses", name, entry.label, statuses.get(name) || 0, lineSample("", entry.dashes), changed));
  }
  const perDocument = tally(facts, (fact) => fact.document);
  const documents = el("div", { class: "scroll-list" });
  byId("filter-documents").append(documents);
  const listDocuments = () => {
    const wanted = folded(byId("find-document").value.trim());
    const found = corpus.documents.map((item, at) => ({ ...item, at })).filter((item) => folded(`${item.title} ${item.id}`).includes(wanted));
    documents.replaceChildren(...found.slice(0, DOCUMENTS_LISTED).map(({ title, at }) => check("documents", at, title, perDocument.get(at) || 0, "", changed)));
    if (found.length > DOCUMENTS_LISTED) documents.append(el("p", { class: "count" }, `and ${(found.length - DOCUMENTS_LISTED).toLocaleString("en")} more: find them by name`));
  };
  byId("find-document").parentElement.hidden = corpus.documents.length <= 12;
  byId("find-document").addEventListener("input", listDocuments);
  listDocuments();
  for (const item of corpus.communities.slice(0, COMMUNITIES_LISTED)) {
    if (item.size > 1) byId("community").append(el("option", { value: item.number }, `${item.number}. ${item.name} (${item.size})`));
  }
  byId("filter-years").hidden = !corpus.years.length;
  for (const id of ["year-from", "year-to"]) Object.assign(byId(id), { min: firstYear, max: lastYear });
}

// A button that turns a whole group off, to turn on one of it; or on again.
function turnAll(group, changed) {
  const button = el("button", { type: "button", class: "quiet small", id: `all-${group}` });
  button.addEventListener("click", () => {
    view[group] = new Set(view[group].size ? [] : values[group]);
    changed();
  });
  byId(`filter-${group}`).querySelector("legend").append(button);
}

function check(group, value, label, count, sign, changed) {
  const box = el("input", { type: "checkbox", checked: !view[group].has(value), "data-group": group, "data-value": String(value) });
  box.addEventListener("change", () => {
    if (box.checked) view[group].delete(value); else view[group].add(value);
    changed();
  });
  return el("label", { class: "check" }, box, sign, el("span", { class: "text", title: label }, label), el("span", { class: "count" }, count.toLocaleString("en")));
}

function lineSample(name, dashes) {
  return svg("svg", { class: `line ${name}`, viewBox: "0 0 22 10", "aria-hidden": "true" }, svg("line", { x1: 0, y1: 5, x2: 22, y2: 5, "stroke-dasharray": dashes.join(" ") }));
}

function showFilters() {
  for (const box of document.querySelectorAll("[data-group]")) {
    const { group, value } = box.dataset;
    box.checked = !view[group].has(group === "documents" ? Number(value) : value);
  }
  for (const group of Object.keys(values)) {
    const name = byId(`filter-${group}`).querySelector("legend").firstChild.textContent;
    byId(`all-${group}`).replaceChildren(view[group].size ? "All" : "None", el("span", { class: "unseen" }, ` of ${name}`));
  }
  byId("year-from").value = view.from;
  byId("year-to").value = view.to;
  byId("years-text").value = view.from === view.to ? view.from : `${view.from} to ${view.to}`;
  byId("undated").checked = view.undated;
  byId("confidence").value = view.confidence;
  byId("confidence-text").value = view.confidence.toFixed(2);
  byId("community").value = view.community || "";
  byId("measure").value = view.measure;
  byId("unlinked").checked = view.unlinked;
  byId("edge-labels").checked = view.labels;
  byId("depth").value = view.depth;
}
