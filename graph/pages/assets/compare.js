// The page of comparisons: two choices, kept in the address, and what they share and where they differ.
const SHOWN = 20;
const WIDTH = 34;
const years = facts.map((fact) => fact.year).filter((year) => year !== null);
const span = years.length ? years.reduce(([low, high], year) => [Math.min(low, year), Math.max(high, year)], [Infinity, -Infinity]) : null;
const places = ["first", "second"];
let chosen = [...corpus.chosen];

function options(select) {
  const group = (label, items) => items.length ? el("optgroup", { label }, ...items.map(([value, text]) => el("option", { value }, text))) : "";
  const publishers = [...new Set(corpus.documents.map((document) => document.publisher).filter(Boolean))].sort();
  select.append(...[
    group("Publishers", publishers.map((name) => [`publisher:${name}`, name])),
    group("Documents", corpus.documents.map((document) => [`document:${document.id}`, document.title])),
    span ? group("Time", [["period", "Years"]]) : "",
  ].filter(Boolean));
}

function valid(choice) {
  const [kind, name] = [choice.slice(0, choice.indexOf(":")), choice.slice(choice.indexOf(":") + 1)];
  if (kind === "period") return span !== null && /^\d{4}-\d{4}$/.test(name);
  return corpus.documents.some((document) => document[kind === "document" ? "id" : "publisher"] === name && name);
}

function readAddress() {
  const given = new URLSearchParams(location.hash.slice(1));
  chosen = corpus.chosen.map((standard, at) => {
    const choice = given.get("ab"[at]) || "";
    return valid(choice) ? choice : standard;
  });
  if (chosen[0].startsWith("period:") !== chosen[1].startsWith("period:")) chosen = [...corpus.chosen];
}

function fillForm() {
  places.forEach((place, at) => {
    const period = chosen[at].startsWith("period:");
    byId(place).value = period ? "period" : chosen[at];
    byId(`${place}-years`).hidden = !period;
    if (period) ["since", "until"].forEach((end, n) => { byId(`${place}-${end}`).value = chosen[at].slice(7).split("-")[n]; });
  });
}

// A period stands beside a period: where one side becomes one, or ceases to be, so does the other.
function choose(at) {
  const value = byId(places[at]).value;
  if (value === "period" && !chosen[at].startsWith("period:")) {
    const middle = Math.floor((span[0] + span[1]) / 2);
    chosen = [`period:${span[0]}-${middle}`, `period:${Math.min(middle + 1, span[1])}-${span[1]}`];
  } else if (value !== "period") {
    const other = chosen[1 - at];
    chosen[at] = value;
    if (other.startsWith("period:")) chosen[1 - at] = corpus.documents.map((document) => `document:${document.id}`).find((choice) => choice !== value) || value;
  }
  go();
}

function chooseYears() {
  const given = places.map((place) => ["since", "until"].map((end) => byId(`${place}-${end}`).value));
  const wanted = given.map(([since, until]) => `period:${since}-${until}`);
  // Leaving a field tells of a change once more; the list under the pointer must not be drawn anew then.
  if (given.flat().every((year) => /^\d{4}$/.test(year)) && wanted.join() !== chosen.join()) {
    chosen = wanted;
    go();
  }
}

function go() {
  history.replaceState(null, "", `#${new URLSearchParams({ a: chosen[0], b: chosen[1] })}`);
  fillForm();
  show();
}

function show() {
  const sides = chosen.map(sideOf);
  const found = compared(...sides);
  const names = sides[0].label === sides[1].label ? ["the first", "the second"] : sides.map((side) => brief(side.label));
  byId("comparison").replaceChildren(
    summary(found, names),
    el("h2", {}, "What each stresses"), ...emphasis(found, names),
    el("h2", {}, `Told with another status or date (${found.differing.length})`), list(found.differing, ([one, other]) => factItem(one, [one, other]), "No fact that both tell differs."),
    el("h2", {}, `Facts that both state (${found.facts[0].length})`), list(found.facts[0], (key) => { const pair = found.stated.map((stated) => stated.get(key)[0]); return factItem(pair[0], pair); }, "None."),
    ...[0, 1].flatMap((at) => [el("h2", {}, `Facts that only ${names[at]} states (${found.facts[at + 1].length})`), list(found.facts[at + 1], (key) => factItem(found.stated[at].get(key)[0], [found.stated[at].get(key)[0]]), "None.")]),
    el("h2", {}, "Entities"),
    el("div", { class: "thirds" }, ...["Named by both", ...names.map((name) => `Only by ${name}`)].map((title, at) =>
      el("section", { class: "card" }, el("h2", {}, `${title} (${found.entities[at].length})`), list(found.entities[at], (entity) => el("li", {}, named(entity)), "None.")))));
  byId("told").textContent = `${plural(found.facts[0].length, "fact")} and ${plural(found.entities[0].length, "entity", "entities")} in common`;
}

// A title may be a sentence; heads of columns have no room for one.
function brief(label) {
  return label.length > WIDTH ? `${label.slice(0, WIDTH - 1).trimEnd()}…` : label;
}

function summary(found, names) {
  const row = (title, lists) => el("tr", {}, el("th", { scope: "row" }, title), ...lists.map((items) => el("td", { class: "number" }, items.length.toLocaleString("en"))));
  return table("What both have, and only one", ["", "Both", ...names.map((name) => `Only ${name}`)], [row("Entities named", found.entities), row("Facts stated", found.facts)]);
}

function emphasis(found, names) {
  const labels = { types: ["Type", (kind) => corpus.kinds[kind].label], relations: ["Relation", (name) => corpus.predicates[name].label], entities: ["Entity", (entity) => named(entity)] };
  const rows = Object.entries(found.emphasis).flatMap(([kind, { scores, sizes, first, second }]) =>
    [...scores].filter(([, z]) => Math.abs(z) >= corpus.distinct).sort((a, b) => Math.abs(b[1]) - Math.abs(a[1])).slice(0, SHOWN).map(([feature, z]) => {
      const shares = [first, second].map((counts, at) => `${(100 * (counts.get(feature) || 0) / Math.max(sizes[at], 1)).toFixed(1)} %`);
      return el("tr", {}, el("td", {}, labels[kind][0]), el("th", { scope: "row" }, labels[kind][1](feature)), ...shares.map((share) => el("td", { class: "number" }, share)), el("td", {}, names[z > 0 ? 0 : 1]), el("td", { class: "number" }, `${z > 0 ? "+" : "−"}${Math.abs(z).toFixed(1)}`));
    }));
  if (!rows.length) return [el("p", { class: "muted" }, "No difference is more than chance would have it.")];
  return [
    el("p", { class: "muted" }, `Shares of what each side counts, where they differ by more than chance would have it: log-odds with a prior, |z| at least ${corpus.distinct}.`),
    table("Emphasis", ["Kind", "What", ...names.map((name) => `Share in ${name}`), "More in", "z"], rows, [2, 3, 5]),
  ];
}

function table(title, heads, rows, numbers = heads.map((_, at) => at).slice(1)) {
  return el("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": title }, el("table", {}, el("caption", { class: "unseen" }, title),
    el("thead", {}, el("tr", {}, ...heads.map((head, at) => el(head ? "th" : "td", { scope: head ? "col" : undefined, class: numbers.includes(at) ? "number" : "" }, head)))), el("tbody", {}, ...rows)));
}

// The first few, and a button for the rest.
function list(items, make, none) {
  if (!items.length) return el("p", { class: "muted" }, none);
  const body = el("ul", { class: "plain", role: "list" }, ...items.slice(0, SHOWN).map(make));
  if (items.length <= SHOWN) return body;
  const more = el("button", { type: "button", class: "more", onclick: () => { body.append(...items.slice(SHOWN).map(make)); more.remove(); body.children[SHOWN].querySelector("a")?.focus(); } }, `Show ${plural(items.length - SHOWN, "more", "more")}`);
  return el("div", {}, body, more);
}

function named(entity) {
  const { name, kind, page } = corpus.entities[entity];
  return el("span", { class: "named" }, symbol(kind), link(page && corpus.root + page, name));
}

function factItem(fact, told) {
  const entity = (at) => link(corpus.entities[at].page && corpus.root + corpus.entities[at].page, corpus.entities[at].name);
  const { label, family } = corpus.predicates[fact.predicate];
  return el("li", { class: `fact family-${family}` },
    el("p", { class: "says" }, entity(fact.subject), " ", el("span", { class: "predicate" }, label), " ", entity(fact.object)),
    el("div", { class: "both" }, ...told.map((said) => el("div", {}, el("blockquote", {}, said.sentence), el("p", { class: "source" },
      said.date ? el("span", { class: "badge date" }, said.date) : "",
      said.status === "asserted" ? "" : el("span", { class: `badge ${said.status}` }, corpus.statuses[said.status]),
      link(said.anchor && corpus.root + said.anchor, corpus.documents[said.document].title), el("span", {}, `confidence ${said.confidence.toFixed(2)}`))))));
}

places.forEach((place, at) => {
  options(byId(place));
  byId(place).addEventListener("change", () => choose(at));
  for (const end of ["since", "until"]) byId(`${place}-${end}`).addEventListener("change", chooseYears);
});
byId("sides").addEventListener("submit", (event) => event.preventDefault());
addEventListener("hashchange", () => { readAddress(); fillForm(); show(); });
readAddress();
fillForm();
show();
