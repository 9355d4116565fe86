// The entities' table, narrowed by name and kind.
const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const rows = [...document.querySelectorAll("#entities tbody tr")].map((row) => ({ row, kind: row.dataset.kind, text: folded(`${row.cells[0].textContent} ${row.cells[2].textContent}`) }));
const find = document.getElementById("find");
const kind = document.getElementById("kind");

function narrow() {
  const wanted = folded(find.value.trim());
  let shown = 0;
  for (const { row, kind: own, text } of rows) {
    row.hidden = !(text.includes(wanted) && (!kind.value || own === kind.value));
    shown += row.hidden ? 0 : 1;
  }
  document.getElementById("found").textContent = shown === rows.length ? "" : `${shown} of ${rows.length}`;
}

find.addEventListener("input", narrow);
kind.addEventListener("change", narrow);
narrow();
