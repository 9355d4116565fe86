// Communities of a large network: each is a disc that shows its principal members, and all of them once it is opened.
const discs = new Map();
for (const node of nodes) {
  if (!node.community || !incident[node.id].length) continue;
  if (!discs.has(node.community)) discs.set(node.community, { ...corpus.communities[communityAt.get(node.community)], members: [] });
  discs.get(node.community).members.push(node);
}
for (const disc of discs.values()) {
  const middle = (axis) => (Math.min(...disc.members.map((node) => node[axis])) + Math.max(...disc.members.map((node) => node[axis]))) / 2;
  Object.assign(disc, { x: middle("x"), y: middle("y"), title: disc.name.split(", ")[0] });
  disc.radius = Math.max(...disc.members.map((node) => Math.hypot(node.x - disc.x, node.y - disc.y))) + 34;
}

function drawDiscs(context, closed) {
  context.lineWidth = 1.2 / paint.scale;
  context.setLineDash([5 / paint.scale, 4 / paint.scale]);
  context.strokeStyle = paint.palette.edge;
  context.fillStyle = paint.palette.raised;
  for (const number of closed.keys()) {
    const { x, y, radius } = discs.get(number);
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
  }
  context.setLineDash([]);
}

function labelDiscs(context, closed) {
  for (const [number, count] of closed) {
    const { x, y, radius } = discs.get(number);
    if (radius * paint.scale > 18) plainLabel(context, `+${count.toLocaleString("en")}`, { x, y: y - radius + 11 / paint.scale }, paint.palette.muted);
  }
}

// The smallest disc around a place, of those that are closed.
function discAt({ x, y }, closed) {
  const around = [...closed.keys()].map((number) => discs.get(number)).filter((disc) => Math.hypot(x - disc.x, y - disc.y) < disc.radius);
  return around.sort((one, two) => one.radius - two.radius)[0]?.number;
}

function openCommunity(number) {
  view.opened.add(number);
  choose({ community: number }, { show: false });
  canvas.fit(new Set(discs.get(number).members.map((node) => node.id).filter((id) => canvas.shown().nodes.has(id))));
}

function closeCommunity(number) {
  view.opened.delete(number);
  view.chosen = null;
  refresh({ step: true, fit: true });
}

function communityPanel(number, shown) {
  const { name, title, members, page } = discs.get(number);
  const here = members.filter((node) => shown.links.has(node.id));
  const inside = new Set(here.flatMap((node) => shown.links.get(node.id)).filter((edge) => nodes[edge.from].community === nodes[edge.to].community));
  return [
    el("p", { class: "kind-line" }, `Community ${number}`),
    el("h2", {}, title),
    el("p", { class: "also" }, `Named after its most central members: ${name}.`),
    el("div", { class: "actions" },
      page ? link(page, "Its members") : "",
      view.opened.has(number) ? el("button", { type: "button", class: "small", id: "close-community", onclick: () => closeCommunity(number) }, "Close it")
        : el("button", { type: "button", class: "small", onclick: () => openCommunity(number) }, "Open it"),
      el("button", { type: "button", class: "small", onclick: () => { view.community = number; refresh({ step: true, fit: true }); } }, "Only this one")),
    el("dl", { class: "figures" }, figure("Entities", here.length), figure("Links inside", inside.size)),
    el("h3", {}, "Most central, with neighbours"),
    ranking(here.slice(0, 20)),
  ];
}

function communityList(closed) {
  const rows = [...discs.values()].filter((disc) => closed.has(disc.number) || view.opened.has(disc.number))
    .sort((one, two) => two.members.length - one.members.length).slice(0, 12);
  return rows.length ? [el("h3", {}, "Communities, with entities"),
    el("ol", { class: "ranking", id: "communities" }, ...rows.map((disc) => el("li", {},
      el("button", { type: "button", class: "link", onclick: () => openCommunity(disc.number) }, disc.title), el("span", { class: "count" }, disc.members.length.toLocaleString("en")))))] : [];
}
