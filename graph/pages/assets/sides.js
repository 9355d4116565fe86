// The sides of a comparison and how they differ: what graph/sides.py and graph/compare.py work out, for any two.
const corpus = JSON.parse(byId("data-comparison").textContent);
const facts = corpus.facts.map(([subject, predicate, object, status, date, document, confidence, anchor, sentence]) =>
  ({ subject, predicate, object, status, date, document, confidence, anchor, sentence, key: `${subject} ${predicate} ${object}`, year: date ? Number(date.slice(0, 4)) : null }));

// A side from what was chosen: "document:ID", "publisher:NAME" or "period:2015-2019".
function sideOf(choice) {
  const [kind, name] = [choice.slice(0, choice.indexOf(":")), choice.slice(choice.indexOf(":") + 1)];
  if (kind === "period") {
    const [since, until] = name.split("-").map(Number);
    const said = facts.filter((fact) => fact.year !== null && since <= fact.year && fact.year <= until);
    const named = counted(said.flatMap((fact) => [fact.subject, fact.object]));
    return { kind, label: since === until ? String(since) : `${since}–${until}`, facts: said, named };
  }
  const chosen = new Set();
  corpus.documents.forEach((document, at) => {
    if (kind === "document" ? document.id === name : document.publisher === name) chosen.add(at);
  });
  const named = new Map();
  corpus.entities.forEach((entity, at) => {
    const times = Object.entries(entity.named).reduce((sum, [document, count]) => sum + (chosen.has(Number(document)) ? count : 0), 0);
    if (times) named.set(at, times);
  });
  const label = kind === "document" ? corpus.documents.find((document) => document.id === name)?.title ?? name : name;
  return { kind, label, facts: facts.filter((fact) => chosen.has(fact.document)), named };
}

function counted(items) {
  const counts = new Map();
  for (const item of items) counts.set(item, (counts.get(item) || 0) + 1);
  return counts;
}

function byKey(said) {
  const found = new Map();
  for (const fact of said) found.has(fact.key) ? found.get(fact.key).push(fact) : found.set(fact.key, [fact]);
  for (const list of found.values()) list.sort((a, b) => b.confidence - a.confidence);
  return found;
}

// z-scores of the log-odds ratio with both sides together as the prior (Monroe, Colaresi and Quinn 2008).
function logOdds(first, second) {
  const total = (counts) => [...counts.values()].reduce((sum, count) => sum + count, 0);
  const sizes = [total(first), total(second)], whole = sizes[0] + sizes[1];
  const scores = new Map();
  for (const feature of new Set([...first.keys(), ...second.keys()])) {
    const ys = [first.get(feature) || 0, second.get(feature) || 0], prior = ys[0] + ys[1];
    const [one, other] = [ys[0] + prior, ys[1] + prior];
    const rest = [sizes[0] + whole - one, sizes[1] + whole - other];
    if (Math.min(...rest) > 0) scores.set(feature, (Math.log(one / rest[0]) - Math.log(other / rest[1])) / Math.sqrt(1 / one + 1 / other));
  }
  return { scores, sizes, first, second };
}

function kindsOf(side) {
  const counts = new Map();
  for (const [entity, times] of side.named) {
    const kind = corpus.entities[entity].kind;
    counts.set(kind, (counts.get(kind) || 0) + times);
  }
  return counts;
}

// Pairs of statements of one fact that differ in status or, but for periods, in a date that neither refines.
function differing(one, other) {
  const [mine, theirs] = [byKey(one.facts), byKey(other.facts)];
  const pairs = [];
  for (const [key, firsts] of mine) {
    const seen = new Set();
    for (const a of firsts) for (const b of theirs.get(key) || []) {
      const way = [a.status, a.date, b.status, b.date].join("|");
      const refined = a.date.startsWith(b.date) || b.date.startsWith(a.date);
      if (!seen.has(way) && (a.status !== b.status || (one.kind !== "period" && !refined))) {
        seen.add(way);
        pairs.push([a, b]);
      }
    }
  }
  return pairs;
}

function compared(one, other) {
  const stated = [one, other].map((side) => byKey(side.facts.filter((fact) => fact.status === "asserted")));
  const among = (a, b, within) => [...a.keys()].filter((key) => b.has(key) === within);
  const rank = (keys) => keys.sort((a, b) => (one.named.get(b) || 0) + (other.named.get(b) || 0) - (one.named.get(a) || 0) - (other.named.get(a) || 0) || a - b);
  return {
    stated,
    facts: [among(stated[0], stated[1], true), among(stated[0], stated[1], false), among(stated[1], stated[0], false)],
    entities: [among(one.named, other.named, true), among(one.named, other.named, false), among(other.named, one.named, false)].map(rank),
    differing: differing(one, other),
    emphasis: {
      types: logOdds(kindsOf(one), kindsOf(other)),
      relations: logOdds(counted(one.facts.map((fact) => fact.predicate)), counted(other.facts.map((fact) => fact.predicate))),
      entities: logOdds(one.named, other.named),
    },
  };
}
