// Values and gradients in words: what the picture shows, of each head and in all. Of several heads the inputs' stand beside the switches.
import { plus } from "./arrays.js";
import { addCell, find } from "./elements.js";
import { headColor, headName } from "./heads.js";
import { labelText, shapeText } from "./numbers.js";
import { enabled, gradients, graph } from "./state.js";
import { text } from "./words.js";

export function drawTables() {
  drawTable(find("table"), graph.nodes.filter(node => node.kind !== "constant"), ["name", "computed", "value"]);
  if (graph.heads.length > 1) drawTable(find("inputs"), graph.nodes.filter(node => node.kind === "variable").slice(0, 12), ["input"]);
}

function drawTable(table, nodes, about) {
  const several = graph.heads.length > 1;
  const columns = several ? graph.heads.map((_, index) => index).filter(index => enabled[index]) : [];
  table.replaceChildren();
  const head = table.createTHead();
  const titles = head.insertRow();
  for (const column of about) addCell(titles, "th", text(`table.${column}`));
  for (const index of columns) addCell(titles, "th", `∂ ${headName(index)}`, headColor(index));
  addCell(titles, "th", text(several ? "table.sum" : "table.gradient"));
  const body = table.createTBody();
  for (const node of nodes) {
    const row = body.insertRow();
    addCell(row, "th", node.name);
    if (about.length > 1) addCell(row, "td", node.kind === "operation" ? node.formula : text("table.given"));
    if (about.length > 1) addCell(row, "td", node.value ? labelText(node.value) : shapeText(node.shape));
    for (const index of columns) addCell(row, "td", gradients[node.id][index] ? labelText(gradients[node.id][index]) : "0", headColor(index));
    const sum = gradients[node.id].reduce(plus, null) ?? (graph.steps.some(step => step.parts.some(Boolean)) ? null : node.gradient);
    addCell(row, "td", sum ? labelText(sum) : node.gradient ? "0" : "");
  }
}
