// Nudge: an input is moved a little. What the gradient predicts for the heads, and what truly happens.
const nudge = { id: -1, index: 0, step: 0, isDrawn: false, isMoved: false, gradients: [] };

const elementsOf = () => graph.nodes.filter(node => node.kind === "variable").flatMap(node => node.value.data.map((_, index) => ({ id: node.id, index })));

// One hundredth of this is a step of an arrow key.
const scaleOf = () => Math.abs(graph.nodes[nudge.id].run.value.data[nudge.index]) || 1;

const movedBy = step => {
  const { shape, data } = graph.nodes[nudge.id].run.value;
  return replay(nudge.id, { shape, data: data.map((number, index) => index === nudge.index ? number + step : number) });
};

// The change of each head and of all of them: by the gradient of the engine, and by computing again. Where it starts from is computed
// here too, so that the engine's other rounding is no part of the change.
function changesOf(step, now = movedBy(0).values) {
  const { values } = movedBy(step);
  const rows = graph.heads.map((head, index) => {
    const gradient = nudge.gradients[nudge.id][index]?.data[nudge.index] ?? 0;
    return { index, before: weighted(head, now), after: weighted(head, values), gradient };
  }).filter(row => enabled[row.index]);
  if (rows.length > 1) rows.push(rows.reduce((sum, row) => ({ before: sum.before + row.before, after: sum.after + row.after, gradient: sum.gradient + row.gradient }), { before: 0, after: 0, gradient: 0 }));
  return rows.map(row => ({ ...row, predicted: row.gradient * step, change: row.after - row.before }));
}

// A head that starts with other than 1 counts that many times.
const nameOfRow = row => row.index === undefined ? "sum" : graph.heads[row.index].seed.data.every(seed => seed === 1) ? (graph.nodes[graph.heads[row.index].node].shape.length ? `Σ ${headName(row.index)}` : headName(row.index)) : `${headName(row.index)}, weighted`;

function drawNudge(step) {
  Object.assign(nudge, { step, isDrawn: true });
  const node = graph.nodes[nudge.id];
  const name = elementName(node.name, nudge.index, node.shape);
  const value = node.run.value.data[nudge.index];
  find("nudge-slider").value = step / scaleOf() * 100;
  find("nudge-slider").setAttribute("aria-valuetext", `${name} = ${numberText(value + step)}, moved by ${numberText(step)}`);
  if (document.activeElement !== find("nudge-step")) find("nudge-step").value = Number(step.toPrecision(12));
  find("nudge-value").textContent = `${name} = ${numberText(value + step)}`;
  const rows = changesOf(step);
  find("nudge-rows").replaceChildren(...rows.map(row => {
    const line = document.createElement("tr");
    addCell(line, "th", nameOfRow(row), row.index === undefined || graph.heads.length < 2 ? "" : headColour(row.index));
    addCell(line, "td", `${inBrackets(numberText(row.gradient))} × ${inBrackets(numberText(step))} = ${numberText(row.predicted)}`);
    addCell(line, "td", numberText(row.change));
    addCell(line, "td", numberText(row.after));
    return line;
  }));
  const last = rows.at(-1);
  find("nudge-text").textContent = last && step ? `${name} moved by ${numberText(step)}: ${nameOfRow(last)} should change by ${numberText(last.predicted)} and does by ${numberText(last.change)}.` : `Move ${name} and see what the gradient predicts.`;
  drawCurve(rows);
  if (!step && !nudge.isMoved) return;
  nudge.isMoved = step !== 0;
  const { values, changed } = movedBy(step);
  drawRun(nudge.isMoved ? values : null, changed);
}

// Everything that shows numbers, anew: the picture, the step, the tables, what is open.
function drawRun(values, changed) {
  setRun(values);
  ({ steps, gradients } = walk(enabled));
  drawList();
  drawStep();
  drawTables();
  describeNodes();
  describeEdges();
  refreshZoom();
  if (values) drawChanged(changed);
  else nudge.gradients = gradients;
}

// Back to the run: its values as far as it has been stepped through.
function resetNudge() {
  if (nudge.id >= 0 && (nudge.step !== 0 || !nudge.isDrawn)) drawNudge(0);
}

// What another input had moved goes back as this one is drawn.
function chooseInput(id, index = 0) {
  Object.assign(nudge, { id, index, isDrawn: false });
  find("nudge-input").value = `${id}.${index}`;
  show(steps.length);
}

// The whole run is to be seen before its values move.
function moveInput(step) {
  if (at < steps.length) show(steps.length);
  drawNudge(step);
}

function loadNudge() {
  const elements = isLive ? elementsOf() : [];
  nudge.id = -1;
  find("nudge").hidden = elements.length === 0 || elements.length > 1000;
  if (find("nudge").hidden) return;
  find("nudge-input").replaceChildren(...elements.map(({ id, index }) => new Option(elementName(graph.nodes[id].name, index, graph.nodes[id].shape), `${id}.${index}`)));
  Object.assign(nudge, elements[0], { step: 0 });
  for (const node of graph.nodes.filter(other => other.kind === "variable")) startDrag(node);
}

function startNudge() {
  find("nudge-input").onchange = () => chooseInput(...find("nudge-input").value.split(".").map(Number));
  find("nudge-slider").oninput = () => moveInput(Number(find("nudge-slider").value) / 100 * scaleOf());
  find("nudge-step").oninput = () => moveInput(Number(find("nudge-step").value) || 0);
  find("nudge-reset").onclick = () => show(at);
}

// A hundred pixels to the right or upwards are one size of the value.
function startDrag(node) {
  const shape = shapeOf(node);
  if (!shape) return;
  let from = null;
  shape.onpointerdown = event => {
    if (event.button !== 0) return;
    event.preventDefault();
    if (nudge.id !== node.id) chooseInput(node.id);
    from = { x: event.clientX, y: event.clientY, step: nudge.step };
    shape.setPointerCapture(event.pointerId);
  };
  shape.onpointermove = event => {
    if (from) moveInput(from.step + Math.round(event.clientX - from.x + from.y - event.clientY) / 100 * scaleOf());
  };
  shape.onpointerup = shape.onpointercancel = () => from = null;
}
