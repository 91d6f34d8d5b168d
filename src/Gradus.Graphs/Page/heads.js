// Several heads: flows of different color that add. Each can be switched off.
import { find } from "./elements.js";
import { tensorText } from "./numbers.js";
import { graph, switchHead } from "./state.js";
import { text } from "./words.js";

export const headName = head => graph.nodes[graph.heads[head].node].name;

export const headColor = head => graph.heads.length > 1 ? `var(--head-${head % 6})` : "var(--backward)";

export function loadHeads() {
  find("heads").hidden = graph.heads.length < 2;
  find("switches").replaceChildren();
  if (graph.heads.length < 2) return;
  graph.heads.forEach((head, index) => {
    const label = document.createElement("label");
    const box = Object.assign(document.createElement("input"), { type: "checkbox", checked: true, id: `head${index}` });
    const swatch = Object.assign(document.createElement("span"), { className: "swatch" });
    swatch.style.background = headColor(index);
    box.onchange = () => switchHead(index, box.checked);
    label.append(box, swatch, `${headName(index)}${head.seed ? text("heads.start", { gradient: tensorText(head.seed) }) : ""}`);
    find("switches").append(label);
  });
}
