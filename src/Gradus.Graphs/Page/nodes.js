// The picture by keyboard: one stop of the tab key, up and down to the nodes, Enter to open one.
let focused = null;

function nodeText(node) {
  const parts = [node.kind === "operation" ? `${node.name} = ${node.formula}` : node.kind === "constant" ? `the constant ${node.name}` : node.name];
  if (node.value) parts.push(`value ${labelText(node.value)}`);
  if (node.gradient) parts.push(`gradient ${labelText(node.gradient)}`);
  if (isFolded(node)) parts.push("Enter unfolds it");
  else if (canZoom(node)) parts.push("Enter opens it into its elements");
  else if (isNudgeable(node)) parts.push("Enter moves it");
  return parts.join(", ");
}

const isFolded = node => viewOf(node.folded) >= 0;
const isNudgeable = node => node.kind === "variable" && !find("nudge").hidden;

function focusNode(node) {
  if (!shapeOf(node)) return;
  if (focused) shapeOf(focused)?.setAttribute("tabindex", -1);
  focused = node;
  shapeOf(node).setAttribute("tabindex", 0);
  shapeOf(node).focus();
  reveal(shapeOf(node));
}

function enter(node, isByKey) {
  if (isFolded(node)) unfold(viewOf(node.folded));
  else if (canZoom(node)) {
    openZoom(node);
    if (isByKey) find(`zr-${zoom.index}`).focus();
    else focusNode(node);
  } else if (!isByKey) focusNode(node);
  else if (isNudgeable(node)) {
    if (nudge.id !== node.id) chooseInput(node.id);
    find("nudge-slider").focus();
  }
}

function loadNodes() {
  focused = graph.nodes[0];
  const svg = picture.querySelector("svg");
  svg.setAttribute("role", "group");
  svg.setAttribute("aria-label", "The nodes of the graph");
  for (const node of graph.nodes) {
    const shape = shapeOf(node);
    if (!shape) continue;
    const opens = isFolded(node) || canZoom(node) || isNudgeable(node);
    shape.setAttribute("role", opens ? "button" : "img");
    shape.setAttribute("tabindex", node === focused ? 0 : -1);
    shape.onkeydown = event => {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        const next = graph.nodes[node.id + (event.key === "ArrowDown" ? 1 : -1)];
        if (next) focusNode(next);
      } else if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        enter(node, true);
      }
    };
    shape.onclick = () => enter(node, false);
    shape.onfocus = () => focused = node;
  }
  describeNodes();
}

function describeNodes() {
  for (const node of graph.nodes) shapeOf(node)?.setAttribute("aria-label", nodeText(node));
}
