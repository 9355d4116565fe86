// The same view as a table, for readers who cannot or would rather not use a drawing.
const ROWS_AT_ONCE = 200;
let order = { column: 0, down: false };
const columns = [
  ["Subject", ({ edge }) => nodes[edge.from].label], ["Relation", ({ edge }) => predicateLabel(edge)],
  ["Object", ({ edge }) => nodes[edge.to].label], ["Sentence", ({ fact }) => fact.parts.map(([text]) => text).join("")],
  ["Date", ({ fact }) => fact.date || ""], ["Standing", ({ edge }) => corpus.statuses[edge.status].label],
  ["Confidence", ({ fact }) => fact.confidence.toFixed(2)], ["Document", ({ fact }) => corpus.documents[fact.document].title],
];

function listed(shown) {
  return [...shown.edges].flatMap(([edge, list]) => list.map((fact) => ({ edge, fact })));
}

function showTable(shown) {
  const [, value] = columns[order.column];
  const rows = listed(shown).sort((one, two) => value(one).localeCompare(value(two), "en") * (order.down ? -1 : 1));
  const body = el("tbody");
  const more = el("button", { type: "button", class: "more" });
  const open = () => {
    const from = body.children.length;
    body.append(...rows.slice(from, from + ROWS_AT_ONCE).map(tableRow));
    more.hidden = body.children.length >= rows.length;
    more.textContent = `Show ${Math.min(ROWS_AT_ONCE, rows.length - body.children.length)} more of ${rows.length - body.children.length}`;
  };
  more.addEventListener("click", open);
  open();
  byId("table").replaceChildren(
    el("table", {}, el("caption", { class: "unseen" }, `${plural(rows.length, "fact")} of this view`),
      el("thead", {}, el("tr", {}, ...columns.map(([name], at) => heading(name, at, shown)))), body),
    more);
}

function heading(name, at, shown) {
  const sorted = order.column === at ? (order.down ? "descending" : "ascending") : "none";
  const sort = () => {
    order = { column: at, down: order.column === at && !order.down };
    showTable(shown);
    byId("table").querySelectorAll("thead button")[at].focus();
  };
  return el("th", { scope: "col", "aria-sort": sorted },
    el("button", { type: "button", class: "quiet small", onclick: sort }, name, sorted === "none" ? "" : sorted === "ascending" ? " ↑" : " ↓"));
}

function tableRow({ edge, fact }) {
  return el("tr", {},
    el("th", { scope: "row" }, entityButton(nodes[edge.from])), el("td", {}, predicateLabel(edge)), el("td", {}, entityButton(nodes[edge.to])),
    el("td", {}, fact.parts.map(([text]) => text).join("")), el("td", {}, fact.date || ""), el("td", {}, corpus.statuses[edge.status].label),
    el("td", { class: "number" }, fact.confidence.toFixed(2)), el("td", {}, link(fact.anchor, corpus.documents[fact.document].title)));
}
