// A long table: narrowed by name, kind and community, sorted by its heads, shown a hundred rows at a time.
const corpus = JSON.parse(byId("data-listing").textContent);
const STEP = 100;
const rows = corpus.rows.map((row) => ({ ...row, text: folded([...row.cells, row.note || "", ...(row.names || [])].join(" ")) }));
const numeric = (at) => corpus.rows.length > 0 && typeof corpus.rows[0].cells[at] === "number";
// A column that says nothing is left out.
const empty = new Set([...corpus.columns.keys()].filter((at) => at && corpus.rows.every((row) => row.cells[at] === "")));
const look = (at) => [numeric(at) ? "number" : "", corpus.columns[at] === "Date" ? "date" : "", corpus.wide.includes(at) ? "wide-only" : "", empty.has(at) ? "unseen-column" : ""].join(" ").trim();
const group = Number(new URLSearchParams(location.hash.slice(1)).get("community")) || 0;
let order = null; // {column, down}; null is the order of the page
let found = rows;

function rowElement({ cells: [name, ...others], page, kind, note }) {
  return el("tr", {},
    el("th", { scope: "row" }, el("span", { class: "named" }, kind ? symbol(kind) : "", el("a", { href: page }, name)), note ? el("span", { class: "count note" }, note) : ""),
    ...others.map((cell, at) => el("td", { class: look(at + 1) }, typeof cell === "number" ? cell.toLocaleString("en") : cell)));
}

function compare(one, other) {
  const [a, b] = [one.cells[order.column], other.cells[order.column]];
  const way = order.down ? -1 : 1;
  if (a === "" || b === "") return (a === "") - (b === "");
  return way * (typeof a === "number" ? a - b : a.localeCompare(b, "en"));
}

function narrow() {
  const wanted = folded(byId("find").value.trim());
  const kind = byId("kind")?.value || "";
  found = rows.filter((row) => row.text.includes(wanted) && (!kind || row.kind === kind) && (!group || row.group === group));
  if (order) found = [...found].sort(compare);
  document.querySelector("#listing tbody").replaceChildren();
  showMore();
  byId("found").textContent = found.length === rows.length ? "" : `${found.length.toLocaleString("en")} of ${rows.length.toLocaleString("en")}${group ? ` in community ${group}` : ""}`;
}

function showMore() {
  const body = document.querySelector("#listing tbody");
  const from = body.children.length;
  body.append(...found.slice(from, from + STEP).map(rowElement));
  const rest = found.length - body.children.length;
  byId("more").hidden = rest <= 0;
  byId("more").textContent = `Show ${Math.min(STEP, rest)} more of ${rest.toLocaleString("en")}`;
  if (from && body.children[from]) body.children[from].querySelector("a").focus();
}

function heads() {
  document.querySelector("#listing thead").replaceChildren(el("tr", {}, ...corpus.columns.map((name, at) => {
    const sorted = order?.column === at ? (order.down ? "descending" : "ascending") : "none";
    const sort = () => {
      order = { column: at, down: order?.column === at ? !order.down : numeric(at) };
      heads();
      narrow();
      document.querySelectorAll("#listing thead button")[at].focus();
    };
    return el("th", { scope: "col", class: look(at), "aria-sort": sorted },
      el("button", { type: "button", class: "quiet small", onclick: sort }, name, { none: "", ascending: " ↑", descending: " ↓" }[sorted]));
  })));
}

heads();
byId("find").addEventListener("input", narrow);
byId("kind")?.addEventListener("change", narrow);
byId("more").addEventListener("click", showMore);
addEventListener("hashchange", () => location.reload());
narrow();
