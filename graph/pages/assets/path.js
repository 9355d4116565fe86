// The form that asks for the two ends of a path.
const ends = { from: null, to: null };

function fillPathForm() {
  combobox(byId("path-from"), byId("path-from-list"), (node) => { ends.from = node; });
  combobox(byId("path-to"), byId("path-to-list"), (node) => { ends.to = node; });
  byId("open-path").addEventListener("click", () => togglePathForm(byId("path-box").hidden));
  byId("path-box").addEventListener("submit", (event) => {
    event.preventDefault();
    const [from, to] = ["from", "to"].map((end) => {
      const typed = byId(`path-${end}`).value;
      return ends[end]?.label === typed ? ends[end] : matches(typed, 1)[0]?.node;
    });
    if (!from || !to || from === to) return say("Choose two different names.");
    view.path = [from.id, to.id];
    view.chosen = null;
    refresh({ step: true, fit: true });
  });
}

function togglePathForm(open) {
  byId("path-box").hidden = !open;
  byId("open-path").setAttribute("aria-expanded", String(open));
  if (open) byId("path-from").focus();
}

function openPath(node) {
  togglePathForm(true);
  ends.from = node;
  byId("path-from").value = node.label;
  byId("path-to").focus();
}

function closePath() {
  view.path = null;
  refresh({ step: true, fit: true });
}
