// A shape of a drawing, with text if there is one.
function draw(parent, name, kind, attributes, text) {
  const shape = document.createElementNS("http://www.w3.org/2000/svg", name);
  shape.setAttribute("class", kind);
  for (const [key, value] of Object.entries(attributes)) shape.setAttribute(key, value);
  if (text !== undefined) shape.textContent = text;
  parent.append(shape);
  return shape;
}
