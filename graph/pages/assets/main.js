// Everything together: a change of the view goes through `refresh`, and only there is anything redrawn.
function refresh({ step = false, fit = false } = {}) {
  const shown = visible();
  paint.lit = view.path ? null : litBy(view.chosen, shown);
  showFilters();
  byId("canvas").hidden = document.querySelector(".zoom").hidden = view.table;
  byId("table").hidden = !view.table;
  byId("as-table").setAttribute("aria-pressed", String(view.table));
  canvas.draw(shown);
  if (view.table) showTable(shown);
  showTrail();
  showNotice(shown);
  showPanel(shown);
  remember(step);
  if (fit) canvas.fit();
  const count = [...shown.edges.values()].reduce((sum, list) => sum + list.length, 0);
  say(`${plural(shown.nodes.size, "entity", "entities")}, ${plural(shown.edges.size, "link")}, ${plural(count, "fact")} in view`);
}

function say(text) { byId("status").textContent = text; }

function choose(chosen, { show = true } = {}) {
  if (view.path) view.path = null;
  view.chosen = chosen;
  refresh();
  if (show && chosen?.node && canvas.shown().nodes.has(chosen.node.id)) canvas.show(chosen.node.id);
  if (chosen && show && matchMedia("(max-width: 760px)").matches) byId("details").scrollIntoView({ block: "start" });
}

function focusOn(id) {
  view.path = null;
  if (view.trail.at(-1) !== id) view.trail.push(id);
  view.chosen = { node: nodes[id] };
  refresh({ step: true, fit: true });
}

function goBack(length = view.trail.length - 1) {
  view.trail.length = Math.max(0, length);
  view.chosen = view.trail.length ? { node: nodes[view.trail.at(-1)] } : null;
  refresh({ step: true, fit: true });
}

function showTrail() {
  byId("trail-bar").hidden = !view.trail.length;
  const crumb = (text, length, current) => el("li", {}, el("button", { type: "button", "aria-current": current ? "true" : undefined, onclick: () => goBack(length) }, text));
  byId("trail").replaceChildren(crumb("Whole network", 0, false), ...view.trail.map((id, at) => crumb(nodes[id].label, at + 1, at === view.trail.length - 1)));
}

function showNotice({ missing, nodes: kept }) {
  const notice = byId("notice");
  notice.hidden = !missing;
  if (missing) notice.replaceChildren(`${kept.size.toLocaleString("en")} of ${plural(kept.size + missing, "entity", "entities")} are drawn, the most central first. Click a circle to open a community; search finds every name.`,
    el("button", { type: "button", class: "small", id: "draw-all", onclick: () => { view.all = true; refresh({ fit: true }); } }, "Draw all"));
}

function control(id, event, change) {
  byId(id).addEventListener(event, () => { change(byId(id)); refresh(); });
}

function wire() {
  fillFilters(() => refresh());
  fillPathForm();
  combobox(byId("search"), byId("suggestions"), (node) => (canvas.shown().nodes.has(node.id) ? choose({ node }) : incident[node.id].length ? focusOn(node.id) : choose({ node })));
  control("year-from", "input", ({ value }) => { view.from = Number(value); view.to = Math.max(view.to, view.from); });
  control("year-to", "input", ({ value }) => { view.to = Number(value); view.from = Math.min(view.to, view.from); });
  control("undated", "change", ({ checked }) => { view.undated = checked; });
  control("confidence", "input", ({ value }) => { view.confidence = Number(value); });
  control("measure", "change", ({ value }) => { view.measure = value; });
  control("unlinked", "change", ({ checked }) => { view.unlinked = checked; });
  control("edge-labels", "change", ({ checked }) => { view.labels = checked; });
  control("as-table", "click", () => { view.table = !view.table; });
  byId("community").addEventListener("change", (event) => { view.community = Number(event.target.value); refresh({ fit: true }); });
  byId("depth").addEventListener("change", (event) => { view.depth = Number(event.target.value); refresh({ fit: true }); });
  byId("reset").addEventListener("click", () => { view = { ...fresh(), table: view.table }; refresh({ step: true, fit: true }); });
  byId("back").addEventListener("click", () => goBack());
  byId("export-csv").addEventListener("click", exportCsv);
  byId("export-png").addEventListener("click", exportPng);
  byId("zoom-in").addEventListener("click", () => canvas.zoom(1.4));
  byId("zoom-out").addEventListener("click", () => canvas.zoom(1 / 1.4));
  byId("fit").addEventListener("click", () => canvas.fit());
  byId("open-help").addEventListener("click", () => byId("help").showModal());
  for (const [id, open] of [["open-filters", true], ["close-filters", false]]) byId(id).addEventListener("click", () => toggleFilters(open));
  canvas.network.on("click", ({ nodes: [id], edges: [line], pointer }) => {
    const disc = discAt(pointer.canvas, canvas.shown().closed);
    if (id !== undefined) choose({ node: nodes[id] }, { show: false });
    else if (line !== undefined) choose({ edge: edges[line] }, { show: false });
    else if (disc) openCommunity(disc);
    else choose(null, { show: false });
  });
  canvas.network.on("doubleClick", ({ nodes: [id], pointer }) => { if (id !== undefined) focusOn(id); else canvas.centre(pointer.canvas); });
  canvas.network.on("hoverNode", () => { byId("canvas").classList.add("pointing"); });
  canvas.network.on("blurNode", () => { byId("canvas").classList.remove("pointing"); });
  byId("canvas").addEventListener("keydown", onCanvasKey);
  addEventListener("keydown", onKey);
  addEventListener("popstate", () => { fromFragment(location.hash); refresh({ fit: true }); });
  addEventListener("themechange", () => { readTheme(); refresh(); });
}

function toggleFilters(open) {
  byId("filters").classList.toggle("open", open);
  byId("open-filters").setAttribute("aria-expanded", String(open));
  byId(open ? "close-filters" : "open-filters").focus();
}

function onKey(event) {
  if (event.target.matches("input, select, textarea") || byId("help").open || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/") { event.preventDefault(); byId("search").focus(); }
  if (event.key === "?") byId("help").showModal();
  if (event.key === "Backspace" && view.trail.length) { event.preventDefault(); goBack(); }
  if (event.key === "Escape") {
    if (byId("filters").classList.contains("open")) toggleFilters(false);
    else if (view.path) closePath();
    else if (view.trail.length) goBack();
    else choose(null);
  }
}

function onCanvasKey(event) {
  const towards = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
  if (towards && event.shiftKey) {
    event.preventDefault();
    canvas.pan(...towards);
  } else if (towards) {
    event.preventDefault();
    const { nodes: drawn } = canvas.shown();
    const here = view.chosen?.node?.id;
    if (drawn.size) choose({ node: nodes[drawn.has(here) ? canvas.neighbourTowards(here, ...towards) : Math.min(...drawn)] });
    byId("canvas").focus();
  }
  if (event.key === "Enter" && view.chosen?.node) focusOn(view.chosen.node.id);
  if (event.key === "+" || event.key === "=") canvas.zoom(1.3);
  if (event.key === "-") canvas.zoom(1 / 1.3);
  if (event.key === "0") canvas.fit();
}

readTheme();
wire();
fromFragment(location.hash || corpus.start);
refresh({ fit: true });
if (view.chosen?.node && !view.trail.length && canvas.shown().nodes.has(view.chosen.node.id)) canvas.show(view.chosen.node.id);
document.documentElement.dataset.ready = "yes";
