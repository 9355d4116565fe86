// What the reader has chosen. All of it fits into the address's fragment, so that a view can be shared.
const [firstYear, lastYear] = corpus.years.length ? corpus.years : [0, 0];

// What a group of boxes can switch off.
const values = {
  kinds: Object.keys(corpus.kinds).filter((kind) => nodes.some((node) => node.kind === kind)), predicates: Object.keys(corpus.predicates),
  statuses: Object.keys(corpus.statuses), documents: [...corpus.documents.keys()],
};

const fresh = () => ({
  kinds: new Set(), predicates: new Set(), statuses: new Set(), documents: new Set(), // what is switched off
  from: firstYear, to: lastYear, undated: true, confidence: 0, community: 0,
  measure: "pagerank", unlinked: false, labels: false, table: false, all: false,
  opened: new Set(), // communities of a large network
  trail: [], depth: 1, path: null, // trail: node ids focused one after the other; path: [id, id]
  chosen: null, // {node}, {edge} or {community}
});
let view = fresh();

// Names in a list are set apart by spaces, so spaces within them are written otherwise.
const packed = (names) => names.map((name) => name.replace(/[% ]/g, encodeURIComponent)).join(" ");
const readable = (text) => encodeURIComponent(text).replaceAll("%2F", "/").replaceAll("%20", "+");

function toFragment() {
  const pairs = [];
  const put = (name, value) => { if (value !== "" && value !== false) pairs.push(`${name}=${readable(value)}`); };
  for (const [name, all] of Object.entries(values)) {
    const few = view[name].size * 2 <= all.length;
    const told = all.filter((item) => view[name].has(item) === few).map((item) => (name === "documents" ? corpus.documents[item].id : item));
    if (view[name].size) put(few ? `without-${name}` : `only-${name}`, packed(told.sort()) || "none");
  }
  put("from", view.from === firstYear ? "" : view.from);
  put("to", view.to === lastYear ? "" : view.to);
  put("undated", view.undated ? "" : "no");
  put("confidence", view.confidence || "");
  put("community", view.community || "");
  put("measure", view.measure === "pagerank" ? "" : view.measure);
  for (const name of ["unlinked", "labels", "table", "all"]) put(name, view[name] && "yes");
  put("open", [...view.opened].sort((a, b) => a - b).join(" "));
  put("focus", packed(view.trail.map((id) => nodes[id].key)));
  put("depth", view.depth === 1 ? "" : view.depth);
  put("path", packed((view.path || []).map((id) => nodes[id].key)));
  if (view.chosen?.node) put("node", view.chosen.node.key);
  if (view.chosen?.community) put("group", view.chosen.community);
  if (view.chosen?.edge) put("edge", edgeKey(view.chosen.edge));
  return pairs.join("&");
}

function fromFragment(text) {
  const pairs = new URLSearchParams(text.replace(/^#/, ""));
  const list = (name) => (pairs.get(name) || "").split(" ").filter(Boolean).map((item) => { try { return decodeURIComponent(item); } catch { return ""; } });
  const number = (name, low, high, otherwise) => {
    const value = Number(pairs.get(name));
    return pairs.has(name) && value >= low && value <= high ? value : otherwise;
  };
  const ids = (name) => list(name).map((key) => nodeByKey.get(key)?.id).filter((id) => id !== undefined);
  const next = fresh();
  for (const [name, all] of Object.entries(values)) {
    const named = (prefix) => new Set(list(`${prefix}-${name}`).map((item) => (name === "documents" ? corpus.documents.findIndex(({ id }) => id === item) : item)));
    const [without, only] = [named("without"), pairs.has(`only-${name}`) ? named("only") : null];
    next[name] = new Set(all.filter((item) => (only ? !only.has(item) : without.has(item))));
  }
  next.from = number("from", firstYear, lastYear, firstYear);
  next.to = number("to", next.from, lastYear, lastYear);
  next.undated = pairs.get("undated") !== "no";
  next.confidence = number("confidence", 0, 1, 0);
  next.community = number("community", 1, corpus.communities.length, 0);
  if (["degree", "betweenness", "same"].includes(pairs.get("measure"))) next.measure = pairs.get("measure");
  for (const name of ["unlinked", "labels", "table", "all"]) next[name] = pairs.get(name) === "yes";
  next.opened = new Set(list("open").map(Number).filter((at) => discs.has(at)));
  next.trail = ids("focus");
  next.depth = number("depth", 1, 3, 1);
  next.path = ids("path").length === 2 ? ids("path") : null;
  const node = nodeByKey.get(pairs.get("node"));
  const edge = pairs.has("edge") ? edgeByKey(pairs.get("edge")) : null;
  const group = number("group", 1, Infinity, 0);
  next.chosen = node ? { node } : edge ? { edge } : discs.has(group) ? { community: group } : next.trail.length ? { node: nodes[next.trail.at(-1)] } : null;
  view = next;
}

function remember(newStep) {
  if (corpus.embedded) return;
  const address = `#${toFragment()}`;
  if (address === (location.hash || "#")) return;
  if (newStep) history.pushState(null, "", address);
  else history.replaceState(null, "", address);
}
