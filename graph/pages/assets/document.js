// Clicking a sentence, or the number after it, shows the facts that it states.
const marked = [...document.querySelectorAll(".stated[data-group]")];
const panel = document.getElementById("facts");

function show(group) {
  for (const span of marked) span.classList.toggle("open", span.dataset.group === group);
  for (const box of panel.querySelectorAll(".group")) box.hidden = box.id !== `g${group}`;
  for (const button of document.querySelectorAll(".facts-button")) button.setAttribute("aria-expanded", String(button.dataset.group === group));
  document.getElementById("hint").hidden = true;
  panel.scrollTop = 0;
}

for (const span of marked) {
  span.addEventListener("click", (event) => {
    if (!event.target.closest("a")) show(span.dataset.group);
  });
}

function fromAddress() {
  const target = /^#p\d+$/.test(location.hash) && document.getElementById(location.hash.slice(1));
  const span = target && (target.closest(".stated") || target);
  if (span && span.dataset.group) {
    show(span.dataset.group);
    span.scrollIntoView({ block: "center" });
  }
}

addEventListener("hashchange", fromAddress);
fromAddress();
