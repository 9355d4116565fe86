// The drawn network. Nothing in it moves by itself: places come from the page, physics is off.
const canvas = (() => {
  const shownNodes = new vis.DataSet();
  const shownEdges = new vis.DataSet();
  const network = new vis.Network(byId("canvas"), { nodes: shownNodes, edges: shownEdges }, {
    ...JSON.parse(read("data-options")),
    autoResize: true,
    interaction: {
      hover: true, multiselect: false, selectConnectedEdges: false, keyboard: { enabled: false },
      hideEdgesOnDrag: edges.length > 1000, hideEdgesOnZoom: edges.length > 1000, tooltipDelay: 1e9,
    },
    nodes: { shape: "custom", labelHighlightBold: false },
    edges: { chosen: false, hoverWidth: 1, selectionWidth: 2, arrowStrikethrough: false, smooth: false, arrows: { to: { enabled: true, scaleFactor: 0.55 } } },
  });
  paint.network = network;
  byId("canvas").network = network; // for scripts from outside: the drawing as vis-network knows it
  const bent = new Map(); // edge id -> the bend it is drawn with
  let current = { nodes: new Set(), edges: new Map(), closed: new Map() };

  network.on("beforeDrawing", (context) => {
    paint.scale = network.getScale();
    paint.left = network.DOMtoCanvas({ x: 4, y: 0 }).x;
    paint.right = network.DOMtoCanvas({ x: byId("canvas").clientWidth - 4, y: 0 }).x;
    paint.taken.clear();
    paint.drawn = 0;
    drawDiscs(context, current.closed);
  });
  network.on("afterDrawing", (context) => {
    labelDiscs(context, current.closed);
    if (!view.labels && !paint.lit && !view.path) return;
    for (const edge of current.edges.keys()) {
      if (!view.labels && !view.path && !touchesChosen(edge)) continue;
      const drawn = network.body.edges[edge.id];
      if (drawn?.connected) edgeLabel(context, edge, drawn.edgeType.getPoint(0.5));
    }
  });

  // Edges between the same two nodes fan out, so that each can be seen and clicked.
  function bends(shown) {
    const pairs = new Map();
    const bend = new Map();
    for (const edge of shown.keys()) {
      const pair = edge.from < edge.to ? `${edge.from} ${edge.to}` : `${edge.to} ${edge.from}`;
      if (!pairs.has(pair)) pairs.set(pair, []);
      pairs.get(pair).push(edge);
    }
    for (const group of pairs.values()) {
      group.forEach((edge, at) => {
        const side = (at - (group.length - 1) / 2) * 0.18;
        bend.set(edge, edge.from < edge.to ? side : -side);
      });
    }
    return bend;
  }

  function draw(next) {
    current = next;
    const bend = bends(next.edges);
    shownEdges.remove(shownEdges.getIds().filter((id) => !next.edges.has(edges[id])));
    shownNodes.remove(shownNodes.getIds().filter((id) => !next.nodes.has(id)));
    const fresh = [...next.nodes].filter((id) => !shownNodes.get(id)).sort((a, b) => a - b);
    if (fresh.length) {
      // Order of insertion is order of painting and of labels, so nodes are laid anew in order of importance.
      const all = [...new Set([...shownNodes.getIds(), ...fresh])].sort((a, b) => a - b);
      shownEdges.clear();
      shownNodes.clear();
      shownNodes.add(all.map((id) => ({ id, x: nodes[id].x, y: nodes[id].y, shape: "custom", ctxRenderer: nodePainter(nodes[id]) })));
      for (const id of all) fitShape(id, nodes[id].x, nodes[id].y, radiusOf(nodes[id]));
    }
    drawEdges(next.edges, bend);
    mark();
  }

  // Edges that are drawn already only change their colour and width, which is set on them directly: vis-network takes
  // as long to update an edge as to make a new one.
  function drawEdges(wanted, bend) {
    const changed = [];
    for (const [edge, shown] of wanted) {
      const look = edgeLook(edge, shown);
      const drawn = shownEdges.get(edge.id) && bent.get(edge.id) === bend.get(edge) && network.body.edges[edge.id];
      if (drawn) Object.assign(drawn.options, { width: look.width, color: { ...drawn.options.color, ...look.color } });
      else changed.push({ ...edgeForm(edge), ...look, ...((bend.get(edge) || bent.get(edge.id)) && { smooth: edgeBend(bend.get(edge)) }) });
      bent.set(edge.id, bend.get(edge));
    }
    if (changed.length) shownEdges.update(changed);
    else network.redraw();
  }

  function mark() {
    network.unselectAll();
    if (view.chosen?.node && current.nodes.has(view.chosen.node.id)) network.selectNodes([view.chosen.node.id], false);
    if (view.chosen?.edge && current.edges.has(view.chosen.edge)) network.selectEdges([view.chosen.edge.id]);
  }

  function fit(ids) {
    const boxes = [...(ids || current.nodes)].map((id) => ({ ...places(nodes[id]), radius: 12 }));
    if (!ids) for (const number of current.closed.keys()) boxes.push(discs.get(number));
    if (!boxes.length) return;
    const edge = (axis, side) => boxes.reduce((most, box) => Math[side > 0 ? "max" : "min"](most, box[axis] + side * box.radius), -side * Infinity);
    const [left, right, top, bottom] = [edge("x", -1), edge("x", 1), edge("y", -1), edge("y", 1)];
    const { clientWidth, clientHeight } = byId("canvas");
    const scale = 0.86 * Math.min(clientWidth / (right - left), clientHeight / (bottom - top)); // names stand out beyond their nodes
    network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale: Math.min(1.4, Math.max(0.02, scale)), animation: false });
  }

  // Where a node is now: a reader may have moved it.
  function places(node) {
    return shownNodes.get(node.id) ? network.getPosition(node.id) : { x: node.x, y: node.y };
  }

  function show(id) {
    const near = [...current.edges.keys()].filter((edge) => edge.from === id || edge.to === id).map((edge) => other(edge, nodes[id]).id);
    fit(new Set([id, ...near]));
  }

  function centre(position) {
    network.moveTo({ position, animation: false });
  }

  // A sixth of the screen that way.
  function pan(dx, dy) {
    const { x, y } = network.getViewPosition();
    const step = Math.min(byId("canvas").clientWidth, byId("canvas").clientHeight) / 6 / network.getScale();
    centre({ x: x + dx * step, y: y + dy * step });
  }

  function zoom(factor) {
    network.moveTo({ scale: Math.min(4, Math.max(0.03, network.getScale() * factor)), animation: false });
  }

  // The nearest drawn node in a direction: distance counts, and straying from the direction counts double.
  function neighbourTowards(id, dx, dy) {
    const here = nodes[id];
    let best = null;
    for (const there of current.nodes) {
      const along = (nodes[there].x - here.x) * dx + (nodes[there].y - here.y) * dy;
      if (along <= 0) continue;
      const across = Math.abs((nodes[there].x - here.x) * dy - (nodes[there].y - here.y) * dx);
      if (!best || along + 2 * across < best.cost) best = { id: there, cost: along + 2 * across };
    }
    return best ? best.id : id;
  }

  return { network, draw, mark, fit, show, zoom, centre, pan, neighbourTowards, shown: () => current };
})();

function touchesChosen(edge) {
  if (view.chosen?.edge) return view.chosen.edge === edge;
  if (view.chosen?.node) return edge.from === view.chosen.node.id || edge.to === view.chosen.node.id;
  return false;
}

function litBy(chosen, shown) {
  if (!chosen || chosen.community) return null;
  if (chosen.edge) return new Set([chosen.edge.from, chosen.edge.to]);
  const near = (shown.links.get(chosen.node.id) || []).filter((edge) => shown.edges.has(edge)).map((edge) => other(edge, chosen.node).id);
  return new Set([chosen.node.id, ...near]);
}
