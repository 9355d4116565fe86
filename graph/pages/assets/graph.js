// The graph as pyvis wrote it into the page, indexed. Node and edge ids are their positions.
const read = (id) => JSON.parse(byId(id).textContent);
const corpus = read("data-corpus");
const counts = read("data-counts");
const nodes = read("data-nodes");
const edges = read("data-edges");
const facts = read("data-facts");

const communityAt = new Map(corpus.communities.map((item, at) => [item.number, at]));
const nodeByKey = new Map(nodes.map((node) => [node.key, node]));
const incident = nodes.map(() => []);
for (const edge of edges) {
  incident[edge.from].push(edge);
  incident[edge.to].push(edge);
  for (const number of edge.facts) facts[number].edge = edge;
}

const other = (edge, node) => nodes[edge.from === node.id ? edge.to : edge.from];
const yearOf = (fact) => (fact.date ? Number(fact.date.slice(0, 4)) : null);
const predicateLabel = (edge) => corpus.predicates[edge.predicate].label;
const edgeKey = (edge) => [nodes[edge.from].key, edge.predicate, nodes[edge.to].key, edge.status].join(" ");
const edgeByKey = (key) => edges.find((edge) => edgeKey(edge) === key);

// Breadth first over `links` (node id -> edges): ids within `steps` of `start`, with the edge each was reached by.
function reach(start, links, steps = Infinity, goal = null) {
  const reached = new Map([[start, null]]);
  let frontier = [start];
  for (let step = 0; step < steps && frontier.length && !reached.has(goal); step++) {
    const next = [];
    for (const id of frontier) {
      for (const edge of links.get(id) || []) {
        const there = edge.from === id ? edge.to : edge.from;
        if (!reached.has(there)) { reached.set(there, edge); next.push(there); }
      }
    }
    frontier = next;
  }
  return reached;
}

function shortestPath(start, goal, links) {
  const reached = reach(start, links, Infinity, goal);
  if (!reached.has(goal)) return null;
  const ids = [goal];
  while (ids[0] !== start) {
    const edge = reached.get(ids[0]);
    ids.unshift(edge.from === ids[0] ? edge.to : edge.from);
  }
  return ids;
}
