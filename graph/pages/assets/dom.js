// Elements made from parts: text is always text, never markup.
const byId = (id) => document.getElementById(id);

function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "onclick") element.addEventListener("click", value);
    else if (name in element && typeof value === "boolean") element[name] = value;
    else if (value !== undefined && value !== false) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== undefined && child !== null && child !== ""));
  return element;
}

// A link where there is a page to lead to, else its text.
function link(href, text) {
  return href ? el("a", { href }, text) : el("span", {}, text);
}

function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

function symbol(kind) {
  const { shape } = corpus.kinds[kind];
  const outline = shape === "circle" ? svg("circle", { r: 1 })
    : shape === "ring" ? svg("circle", { class: "ring", r: 0.75, "stroke-width": 0.5 })
    : svg("polygon", { points: shape.map((point) => point.join(",")).join(" ") });
  return svg("svg", { class: `symbol kind-${kind}`, viewBox: "-1.4 -1.4 2.8 2.8", width: 16, height: 16, "aria-hidden": "true" }, outline);
}

function plural(count, one, many = `${one}s`) {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}

// Text as it is compared: without case and without marks.
function folded(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}
