// An operation on small tensors opened into its scalars: which elements of its inputs make an element of its result, and with which derivatives.
const most = 256;
const zoom = { node: null, index: 0 };

const canZoom = node => node.isComputable && (node.shape.length > 0 || inputsOf(node).some(input => input.shape.length > 0))
  && [node.value, ...inputsOf(node)].every(tensor => tensor.data.length > 0 && tensor.data.length <= most);

function openZoom(node) {
  Object.assign(zoom, { node, index: 0 });
  find("zoom").hidden = false;
  find("zoom-title").textContent = `${node.name} = ${node.formula}, element by element`;
  const grids = node.inputs.map((id, input) => gridOf(graph.nodes[id], input));
  find("zoom-grids").replaceChildren(...grids.flatMap(grid => [grid, document.createElement("span")]), gridOf(node, -1));
  [...find("zoom-grids").querySelectorAll(":scope > span")].forEach((sign, index, all) => sign.textContent = index === all.length - 1 ? "=" : node.op === "conv2d" ? "∗" : node.op === "stack" ? "," : node.symbol);
  picture.querySelectorAll(".opened").forEach(element => element.classList.remove("opened"));
  shapeOf(node)?.classList.add("opened");
  choose(0);
}

function closeZoom() {
  find("zoom").hidden = true;
  const { node } = zoom;
  if (!node) return;
  zoom.node = null;
  picture.querySelectorAll(".opened").forEach(element => element.classList.remove("opened"));
  focusNode(node);
}

// A tensor as tables of its last two axes; the result's cells can be chosen.
function gridOf(node, input) {
  const figure = document.createElement("figure");
  const isResult = input < 0;
  const { shape, data } = node.value;
  const [rows, columns] = [1, 1, ...shape].slice(-2);
  figure.append(Object.assign(document.createElement("figcaption"), { textContent: `${node.name}${shape.length ? `, ${shapeText(shape)}` : ""}` }));
  for (let start = 0; start < data.length; start += rows * columns) {
    const table = document.createElement("table");
    if (isResult) table.setAttribute("role", "grid");
    table.setAttribute("aria-label", node.name);
    for (let row = 0; row < rows; row++) {
      const line = table.insertRow();
      for (let column = 0; column < columns; column++) {
        const index = start + row * columns + column;
        const cell = line.insertCell();
        cell.id = `z${isResult ? "r" : input}-${index}`;
        cell.append(Object.assign(document.createElement("b"), { textContent: numberText(data[index]) }), document.createElement("small"));
        if (!isResult) continue;
        cell.setAttribute("role", "gridcell");
        cell.onclick = () => { choose(index); cell.focus(); };
        cell.onkeydown = event => {
          const next = { ArrowRight: index + 1, ArrowLeft: index - 1, ArrowDown: index + columns, ArrowUp: index - columns, Home: 0, End: data.length - 1 }[event.key];
          if (next === undefined) return;
          event.preventDefault();
          if (next < 0 || next >= data.length) return;
          choose(next);
          find(`zr-${next}`).focus();
        };
      }
    }
    figure.append(table);
  }
  return figure;
}

// Marks what makes an element, with each derivative below the number, and draws it as a graph of scalars.
function choose(index) {
  const { node } = zoom;
  zoom.index = index;
  const element = elementOf(node, inputsOf(node), index);
  find("zoom-grids").querySelectorAll("td").forEach(cell => {
    cell.classList.remove("part", "chosen");
    cell.lastChild.textContent = "";
    if (cell.id.startsWith("zr")) Object.assign(cell, { tabIndex: -1 }).setAttribute("aria-selected", "false");
  });
  const chosen = Object.assign(find(`zr-${index}`), { tabIndex: 0 });
  chosen.classList.add("chosen");
  chosen.setAttribute("aria-selected", "true");
  element.from.forEach((part, place) => {
    const cell = find(`z${part.input}-${part.index}`);
    cell.classList.add("part");
    cell.lastChild.textContent = `∂ ${numberText(element.local[place])}`;
  });
  find("zoom-text").textContent = zoomText(node, element, index);
  drawScalars(node, element, index);
}

const partName = (node, part) => elementName(graph.nodes[node.inputs[part.input]].name, part.index, graph.nodes[node.inputs[part.input]].shape);

function zoomText(node, element, index) {
  const names = element.from.map(part => partName(node, part));
  const numbers = element.xs.map(x => inBrackets(numberText(x)));
  const result = elementName(node.name, index, node.shape);
  const joined = parts => element.kind === "pairs" ? parts.filter((_, place) => place % 2 === 0).map((part, place) => [part, ...parts.slice(place * 2 + 1, place * 2 + 2)].join("·")).join(" + ")
    : node.op === "sum" ? parts.join(" + ") : node.op === "prod" ? parts.join("·") : node.op === "mean" ? `(${parts.join(" + ")}) / ${parts.length}`
    : element.kind === "move" ? parts[0] : /^\W+$/.test(node.infix ?? "") ? (parts.length === 2 ? parts.join(` ${node.infix} `) : node.infix + parts[0]) : `${node.op}(${parts.join(", ")})`;
  const words = `${result} = ${joined(names)} = ${joined(numbers)} = ${numberText(element.value)}.`;
  const derivatives = names.map((name, place) => `${numberText(element.local[place])} by ${name}`).join(", ");
  return `${words} Its derivatives: ${derivatives}.`;
}

// Inputs on the left, the scalar operations, the element on the right; below each line what comes back along it.
function drawScalars(node, element, index) {
  const svg = find("scalars");
  svg.replaceChildren();
  const isPairs = element.kind === "pairs";
  const gradient = node.gradient?.data?.[index];
  const [row, gap] = [38, isPairs ? 10 : 0];
  const count = element.from.length;
  const y = place => 24 + place * row + (isPairs ? Math.floor(place / 2) * gap : 0);
  const height = y(count - 1) + 30;
  const middle = height / 2;
  const below = element.local.map(number => gradient === undefined ? `∂ ${inBrackets(numberText(number))}` : `${inBrackets(numberText(gradient))} × ${inBrackets(numberText(number))} = ${numberText(gradient * number)}`);
  const names = element.from.map(part => partName(node, part));
  const wide = texts => Math.max(...texts.map(text => text.length)) * 7;
  const [left, length] = [wide(names) + 24, wide(below) + 24];
  const products = left + length + 55;
  const sum = isPairs ? products + 110 : products;
  const right = sum + 120;
  const width = right + wide([elementName(node.name, index, node.shape)]) + 40;
  const isSingle = place => isPairs && place === count - 1 && count % 2 === 1;
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.setAttribute("width", width);
  svg.setAttribute("height", height);
  const add = (name, kind, attributes, text) => {
    const shape = document.createElementNS("http://www.w3.org/2000/svg", name);
    shape.setAttribute("class", kind);
    for (const [key, value] of Object.entries(attributes)) shape.setAttribute(key, value);
    if (text !== undefined) shape.textContent = text;
    svg.append(shape);
  };
  const curve = (x1, y1, x2, y2) => add("path", "wire", { d: `M${x1} ${y1} C${(x1 + x2) / 2} ${y1} ${(x1 + x2) / 2} ${y2} ${x2} ${y2}` });
  const circle = (x, at, symbol) => {
    add("circle", "head", { cx: x, cy: at, r: 15 });
    add("text", "symbol", { x, y: at + 5 }, symbol);
  };
  element.from.forEach((part, place) => {
    const at = y(place);
    const end = isPairs && !isSingle(place) ? [products - 15, (y(place - place % 2) + y(place - place % 2 + 1)) / 2 + (place % 2 ? 6 : -6)] : [sum - 15, middle + (count > 1 ? (place / (count - 1) - .5) * 20 : 0)];
    add("path", "wire", { d: `M${left} ${at}H${left + length}` });
    curve(left + length, at, ...end);
    add("text", "symbol variable start", { x: left - 8, y: at + 5 }, names[place]);
    add("text", "label value", { x: left + 6, y: at - 5 }, numberText(element.xs[place]));
    add("text", "label gradient", { x: left + 6, y: at + 14 }, below[place]);
  });
  if (isPairs) {
    for (let place = 0; place + 1 < count; place += 2) {
      const at = (y(place) + y(place + 1)) / 2;
      circle(products, at, "×");
      if (count > 2) curve(products + 15, at, sum - 15, middle + (place / (count - 2) - .5) * 20);
      else add("path", "wire", { d: `M${products + 15} ${at}H${right}` });
    }
  }

  if (!isPairs || count > 2) {
    circle(sum, middle, isPairs ? "+" : element.kind === "move" ? "" : node.symbol.length > 3 ? "f" : node.symbol);
    add("path", "wire", { d: `M${sum + 15} ${middle}H${right}` });
  }

  add("text", "label value", { x: sum + 40, y: middle - 5 }, numberText(element.value));
  if (gradient !== undefined) add("text", "label gradient", { x: sum + 40, y: middle + 14 }, numberText(gradient));
  add("text", "symbol variable end", { x: right + 8, y: middle + 5 }, elementName(node.name, index, node.shape));
}

function loadZoom() {
  zoom.node = null;
  find("zoom").hidden = true;
  graph.nodes.filter(canZoom).forEach(node => shapeOf(node)?.classList.add("can-open"));
}
