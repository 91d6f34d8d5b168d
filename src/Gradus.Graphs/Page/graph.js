// The graph as the engine computed it. A page has several views of one graph, which differ in the modules that are folded.
const find = id => document.getElementById(id);
const { views } = JSON.parse(find("data").textContent);
let graph = null;

// Whether every value can be computed again here, so that inputs can be moved.
let isLive = false;

// What is not finite is written as a word; of a tensor that is too large there is only a text.
const tensorOf = (shape, value) => value === null ? null : typeof value === "string" ? { shape, text: value } : { shape, data: value.map(Number) };

function loadGraph(view) {
  graph = view;
  if (!view.isLoaded) {
    view.isLoaded = true;
    view.nodes.forEach((node, id) => {
      node.id = id;
      node.value = tensorOf(node.shape, node.value);
      node.gradient = tensorOf(node.shape, node.gradient);
    });
    for (const head of view.heads) head.seed = tensorOf(view.nodes[head.node].shape, head.seed);
    for (const step of view.steps) step.parts = step.parts.map(part => tensorOf(view.nodes[step.target].shape, part));
    for (const node of view.nodes) node.isComputable = node.kind === "operation" && agrees(node);
  }

  isLive = graph.nodes.every(node => node.kind === "operation" ? node.isComputable : node.value?.data) && graph.heads.every(head => head.seed?.data);
}

const inputsOf = (node, values = graph.nodes.map(other => other.value)) => node.inputs.map(input => values[input]);

// An operator of a network may have arguments that the table of operations does not know: only what gives the engine's value is computed here.
function agrees(node) {
  if (!operationOf(node) || !node.value?.data || !inputsOf(node).every(input => input?.data)) return false;
  const { data } = evaluate(node, inputsOf(node));
  const isClose = (x, y) => Object.is(x, y) || Math.abs(x - y) <= 1e-5 * Math.max(1, Math.abs(y));
  return data.every((number, index) => isClose(number, node.value.data[index]));
}

// All values again with another in place of one.
function replay(id, value) {
  const values = graph.nodes.map(node => node.value);
  const changed = new Set([id]);
  values[id] = value;
  for (const node of graph.nodes.slice(id + 1)) {
    if (!node.inputs.some(input => changed.has(input))) continue;
    values[node.id] = evaluate(node, inputsOf(node, values));
    changed.add(node.id);
  }
  return { values, changed };
}

// What back-propagation from a head differentiates: its elements, each times the gradient it starts with.
const weighted = (head, values) => head.seed.data.reduce((sum, seed, index) => sum + seed * values[head.node].data[index], 0);
