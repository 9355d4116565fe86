// The query page: sends what the editor holds to the endpoint this page came from, and shows the answer.
const { first, prefixes, examples } = JSON.parse(document.getElementById("data").textContent);
const part = (id) => document.getElementById(id);
const SHOWN = 2000;
const ROWS = "application/sparql-results+json";
const ACCEPT = `${ROWS}, text/turtle`;
let running = null;

const asked = new URLSearchParams(location.hash.slice(1)).get("query");
const editor = policygraphEditor(part("editor"), asked || first, "Query", run);

async function ask(accept) {
  running?.abort();
  running = new AbortController();
  const response = await fetch(location.pathname, {
    method: "POST",
    headers: { "Content-Type": "application/sparql-query", Accept: accept },
    body: editor.text,
    signal: running.signal,
  });
  if (!response.ok) throw new Error(await response.text());
  return response;
}

async function run() {
  history.replaceState(null, "", `#${new URLSearchParams({ query: editor.text })}`);
  busy(true);
  const start = performance.now();
  try {
    const response = await ask(ACCEPT);
    const graph = !response.headers.get("Content-Type").startsWith(ROWS);
    const count = graph ? showText(await response.text()) : showRows(await response.json());
    part("state").textContent = `${count}${((performance.now() - start) / 1000).toFixed(2)} s`;
    part("saving").hidden = graph;
  } catch (error) {
    if (error.name === "AbortError") part("state").textContent = "Stopped.";
    else showWrong(error.message);
  } finally {
    busy(false);
  }
}

function busy(now) {
  part("run").disabled = now;
  part("stop").hidden = !now;
  part("wrong").hidden = true;
  if (now) {
    part("state").textContent = "Asking …";
    part("answer").hidden = part("saving").hidden = true;
  }
}

function showWrong(sentence) {
  part("state").textContent = "";
  setTimeout(() => { part("wrong").textContent = sentence; part("wrong").hidden = false; });
  const where = /at line (\d+), column (\d+)/.exec(sentence);
  if (where) editor.point(Number(where[1]), Number(where[2]));
}

function showText(text) {
  const block = document.createElement("pre");
  block.textContent = text;
  part("answer").replaceChildren(block);
  part("answer").hidden = false;
  return "";
}

function showRows(answer) {
  if ("boolean" in answer) return showText(answer.boolean ? "yes" : "no");
  const names = answer.head.vars;
  const rows = answer.results.bindings;
  const table = document.createElement("table");
  const head = table.createTHead().insertRow();
  for (const name of names) {
    const cell = document.createElement("th");
    cell.scope = "col";
    cell.textContent = name;
    head.append(cell);
  }
  const body = table.createTBody();
  for (const row of rows.slice(0, SHOWN)) {
    const line = body.insertRow();
    for (const name of names) fill(line.insertCell(), row[name]);
  }
  part("answer").replaceChildren(table);
  part("answer").hidden = false;
  const cut = rows.length > SHOWN ? `, the first ${SHOWN} shown` : "";
  return `${rows.length} row${rows.length === 1 ? "" : "s"}${cut}, `;
}

function fill(cell, term) {
  if (!term) return;
  if (term.type !== "uri") {
    cell.textContent = term.value;
    if (/(integer|decimal|double)$/.test(term.datatype || "")) cell.className = "number";
    return;
  }
  const prefix = Object.keys(prefixes).find((name) => term.value.startsWith(prefixes[name]));
  cell.textContent = prefix ? `${prefix}:${term.value.slice(prefixes[prefix].length)}` : term.value;
  cell.title = term.value;
}

async function save(button) {
  try {
    const response = await ask(button.dataset.type);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await response.blob());
    link.download = `answer.${button.dataset.end}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  } catch (error) {
    showWrong(error.message);
  }
}

part("run").addEventListener("click", run);
part("stop").addEventListener("click", () => running?.abort());
part("example").addEventListener("change", ({ target }) => {
  const chosen = examples.find((each) => each.name === target.value);
  part("about").hidden = !chosen;
  part("answer").hidden = part("saving").hidden = true;
  part("state").textContent = "";
  if (!chosen) return;
  part("about").textContent = chosen.description;
  editor.text = chosen.text;
});
for (const button of part("saving").querySelectorAll("button")) button.addEventListener("click", () => save(button));
if (asked) run();
