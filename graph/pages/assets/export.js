// The present view as a file: an image, or its facts as CSV.
function save(blob, name) {
  const anchor = el("a", { href: URL.createObjectURL(blob), download: name });
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(anchor.href), 10000);
}

// A cell that begins like a formula would be run by spreadsheet programs; a leading apostrophe keeps it text.
function cell(value) {
  const text = String(value).replace(/\s+/g, " ");
  const safe = /^[\s]*[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

function asCsv(shown) {
  const rows = [["subject", "subject_id", "predicate", "object", "object_id", "status", "date", "confidence", "document", "sentence"]];
  for (const { edge, fact } of listed(shown)) {
    const [from, to] = [nodes[edge.from], nodes[edge.to]];
    rows.push([from.label, from.key, edge.predicate, to.label, to.key, edge.status, fact.date || "", fact.confidence,
      corpus.documents[fact.document].id, fact.parts.map(([text]) => text).join("")]);
  }
  return `${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

function exportCsv() {
  save(new Blob(["\ufeff", asCsv(canvas.shown())], { type: "text/csv;charset=utf-8" }), "policygraph-view.csv");
}

function exportPng() {
  const drawn = canvas.network.canvas.frame.canvas;
  const picture = el("canvas", { width: drawn.width, height: drawn.height });
  const context = picture.getContext("2d");
  context.fillStyle = paint.palette.canvas;
  context.fillRect(0, 0, picture.width, picture.height);
  context.drawImage(drawn, 0, 0);
  pictureLegend(context, drawn.width / drawn.clientWidth, picture.height);
  picture.toBlob((blob) => save(blob, "policygraph-view.png"));
}

function pictureLegend(context, ratio, bottom) {
  const kinds = Object.entries(corpus.kinds).filter(([kind]) => [...canvas.shown().nodes].some((id) => nodes[id].kind === kind));
  context.font = `${12 * ratio}px "Liberation Sans",Arial,sans-serif`;
  context.textBaseline = "middle";
  kinds.forEach(([, entry], at) => {
    const y = bottom - (kinds.length - at) * 20 * ratio;
    tracePath(context, entry.shape, 18 * ratio, y, 6 * ratio);
    context.fillStyle = entry[paint.mode];
    context.fill();
    context.strokeStyle = paint.palette.ink;
    context.stroke();
    context.fillStyle = paint.palette.ink;
    context.fillText(entry.label, 32 * ratio, y);
  });
}
