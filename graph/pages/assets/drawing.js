// How nodes, edges and labels are painted. Labels keep one size on the screen and never cover one another:
// nodes come in order of importance, and a label that finds its place taken is left out until one zooms in.
const LABELS_AT_ONCE = 160;
const SMALLEST = 3.4; // radius of a node on the screen, in pixels
const paint = { mode: "light", scale: 1, left: -Infinity, right: Infinity, taken: new Map(), drawn: 0, lit: null, palette: {} };

function readTheme() {
  const style = getComputedStyle(document.documentElement);
  paint.mode = style.colorScheme.includes("dark") ? "dark" : "light";
  for (const name of ["ink", "canvas", "edge", "muted", "accent", "raised"]) paint.palette[name] = style.getPropertyValue(`--${name}`).trim();
}

function radiusOf(node) {
  const full = view.measure === "same" ? 9 : 6 + 17 * Math.sqrt(node[view.measure] / highest(view.measure));
  return Math.max(full, SMALLEST / paint.scale);
}

const highestSeen = new Map();
function highest(measure) {
  if (!highestSeen.has(measure)) highestSeen.set(measure, nodes.reduce((most, node) => Math.max(most, node[measure]), 0) || 1);
  return highestSeen.get(measure);
}

function tracePath(context, shape, x, y, radius) {
  context.beginPath();
  if (shape === "circle") return context.arc(x, y, radius, 0, 2 * Math.PI);
  if (shape === "ring") {
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.moveTo(x + radius * 0.5, y);
    return context.arc(x, y, radius * 0.5, 0, 2 * Math.PI, true);
  }
  shape.forEach(([px, py], at) => context[at ? "lineTo" : "moveTo"](x + px * radius, y + py * radius));
  return context.closePath();
}

function nodePainter(node) {
  return ({ ctx, x, y, state }) => {
    const radius = radiusOf(node);
    const kind = corpus.kinds[node.kind];
    fitShape(node.id, x, y, radius);
    const faint = paint.lit && !paint.lit.has(node.id) && !state.selected;
    return {
      drawNode() {
        ctx.globalAlpha = faint ? 0.22 : 1;
        if ((!paint.lit || paint.lit.has(node.id)) && radius * paint.scale > 6) claim({ left: x - radius, right: x + radius, top: y - radius, bottom: y + radius }, true);
        tracePath(ctx, kind.shape, x, y, radius);
        ctx.fillStyle = kind[paint.mode];
        ctx.fill();
        ctx.lineWidth = (state.selected ? 3 : state.hover ? 2 : 1) / Math.max(paint.scale, 0.4);
        ctx.strokeStyle = paint.palette.ink;
        ctx.stroke();
        if (state.selected) {
          ctx.beginPath();
          ctx.arc(x, y, radius * 1.25 + 5 / paint.scale, 0, 2 * Math.PI);
          ctx.lineWidth = 2.5 / paint.scale;
          ctx.strokeStyle = paint.palette.accent;
          ctx.stroke();
        }
      },
      drawExternalLabel() {
        const must = state.selected || state.hover;
        if (faint && !must) return;
        nodeLabel(ctx, node, x, y, radius, must);
      },
      nodeDimensions: { width: radius * 2, height: radius * 2 },
    };
  };
}

// vis-network takes the size of a custom shape over only when its label changes; clicks and arrow heads need it now. And
// it finds out where a node stands only while that node is out of sight: until then it would leave it undrawn.
function fitShape(id, x, y, radius) {
  const { shape } = paint.network.body.nodes[id];
  Object.assign(shape, { width: radius * 2, height: radius * 2, left: x - radius, top: y - radius });
  Object.assign(shape.boundingBox, { left: x - radius - 40, right: x + radius + 40, top: y - radius, bottom: y + radius + 40 });
}

function nodeLabel(context, node, x, y, radius, must) {
  if (!must && paint.drawn >= LABELS_AT_ONCE) return;
  const rank = node[view.measure] / highest(view.measure);
  const pixels = rank > 0.45 ? 15 : rank > 0.15 ? 13 : 12;
  const size = pixels / paint.scale;
  const lines = must ? wrapped(node.label, 40, 6) : (node.lines ??= wrapped(node.label, 24, 2));
  context.font = `${pixels > 13 ? 700 : 500} ${size}px "Inter","Segoe UI",system-ui,"Liberation Sans",Arial,sans-serif`;
  const width = Math.max(...lines.map((line) => line.length)) * size * 0.54;
  // A label at the rim is moved inwards rather than cut.
  if (x > paint.left && x < paint.right) x = Math.max(paint.left + width / 2, Math.min(paint.right - width / 2, x));
  const air = must ? 0 : 9 / paint.scale;
  const height = lines.length * size * 1.18;
  // Below the node, or above it where the place below is taken.
  const top = [y + radius * 1.1, y - radius * 1.1 - height - air]
    .find((top) => claim({ left: x - width / 2 - air, right: x + width / 2 + air, top, bottom: top + height + air }, must));
  if (top === undefined) return;
  paint.drawn += 1;
  context.textAlign = "center";
  context.textBaseline = "top";
  context.lineJoin = "round";
  context.lineWidth = 3.5 / paint.scale;
  context.strokeStyle = paint.palette.canvas;
  context.fillStyle = paint.palette.ink;
  lines.forEach((line, at) => {
    context.strokeText(line, x, top + at * size * 1.18 + 2 / paint.scale);
    context.fillText(line, x, top + at * size * 1.18 + 2 / paint.scale);
  });
}

function wrapped(text, width, most) {
  const lines = [""];
  for (const word of text.split(/\s+/)) {
    if (lines.at(-1) && lines.at(-1).length + word.length + 1 > width) lines.push("");
    lines.push(`${lines.pop()} ${word}`.trim());
  }
  const cut = lines.slice(0, most).map((line) => (line.length > width * 1.6 ? `${line.slice(0, width * 1.6)}…` : line));
  if (lines.length > most) cut[most - 1] = `${cut[most - 1].replace(/[\s,;:]+$/, "")} …`;
  return cut;
}

// Boxes that are taken, in cells of 160 by 60 pixels of the screen.
function claim(box, must) {
  const wide = 160 / paint.scale;
  const high = 60 / paint.scale;
  const cells = [];
  for (let column = Math.floor(box.left / wide); column <= Math.floor(box.right / wide); column++) {
    for (let row = Math.floor(box.top / high); row <= Math.floor(box.bottom / high); row++) cells.push(`${column} ${row}`);
  }
  const meets = (one) => one.left < box.right && box.left < one.right && one.top < box.bottom && box.top < one.bottom;
  if (!must && cells.some((cell) => (paint.taken.get(cell) || []).some(meets))) return false;
  for (const cell of cells) {
    if (!paint.taken.has(cell)) paint.taken.set(cell, []);
    paint.taken.get(cell).push(box);
  }
  return true;
}

function edgeLook(edge, shown) {
  const family = corpus.families[corpus.predicates[edge.predicate].family];
  const lit = paint.lit && paint.lit.has(edge.from) && paint.lit.has(edge.to) && touchesChosen(edge);
  const opacity = lit ? 1 : paint.lit ? 0.12 : Math.min(1, 0.3 + 0.6 * Math.max(...shown.map((fact) => fact.confidence)));
  const color = translucent(family[paint.mode], opacity);
  return { color: { color, highlight: color, hover: color }, width: (lit ? 2.4 : 1.7) * Math.min(4, 1 + Math.log2(shown.length)) };
}

// What of an edge's look never changes; only what differs from the usual is said, as vis-network copies every setting.
function edgeForm(edge) {
  const { dashes } = corpus.statuses[edge.status];
  const arrows = {};
  if (edge.predicate === "cooperatesWith") arrows.to = { enabled: false };
  if (edge.status === "negated") arrows.middle = { enabled: true, type: "bar", scaleFactor: 0.9 };
  return { id: edge.id, from: edge.from, to: edge.to, ...(dashes.length && { dashes }), ...(Object.keys(arrows).length && { arrows }) };
}

function edgeBend(bend) {
  return bend ? { enabled: true, type: bend > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(bend) } : false;
}

// "#RRGGBB" with an opacity, in the form that vis-network takes as it is: others it takes apart at every drawing.
function translucent(colour, opacity) {
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  return `rgba(${red},${green},${blue},${opacity.toFixed(2)})`;
}

function edgeLabel(context, edge, point) {
  plainLabel(context, predicateLabel(edge), point, corpus.families[corpus.predicates[edge.predicate].family][paint.mode]);
}

function plainLabel(context, text, point, colour) {
  const size = 11 / paint.scale;
  context.font = `600 ${size}px "Inter","Segoe UI",system-ui,"Liberation Sans",Arial,sans-serif`;
  const width = text.length * size * 0.56;
  if (!claim({ left: point.x - width / 2, right: point.x + width / 2, top: point.y - size * 0.7, bottom: point.y + size * 0.7 }, false)) return;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = 4 / paint.scale;
  context.strokeStyle = paint.palette.canvas;
  context.fillStyle = colour;
  context.strokeText(text, point.x, point.y);
  context.fillText(text, point.x, point.y);
}
