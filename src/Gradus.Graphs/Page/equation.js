// The step as a picture of its arithmetic; the sentence below says the same.
import { find } from "./elements.js";
import { headColor, headName } from "./heads.js";
import { factorText, inBrackets, numberText, shapeText, tensorText } from "./numbers.js";

function addTerm(row, kind, number, meaning, color = "") {
  const element = document.createElement("span");
  element.className = `term ${kind}`;
  element.style.color = color;
  const text = (name, textContent) => Object.assign(document.createElement(name), { textContent });
  element.append(text("b", number), text("small", meaning));
  row.append(element);
}

function addRow(...terms) {
  const row = document.createElement("div");
  row.className = "row";
  for (const part of terms) {
    if (typeof part === "string") row.append(Object.assign(document.createElement("i"), { textContent: part }));
    else addTerm(row, ...part);
  }
  find("equation").append(row);
}

export function drawEquation(step) {
  find("equation").replaceChildren();
  if (!step) return;
  const { node, target } = step;
  if (!step.back) {
    const value = otherwise => ["forward", step.after ? tensorText(step.after) : otherwise, node.name];
    if (node.kind === "operation" && node.numbers) addRow(["plain", node.numbers, node.formula], "=", value(""));
    else addRow(value(shapeText(node.shape)));
    return;
  }

  if (step.input === undefined) return addRow(["backward", tensorText(step.after), `gradient of ${node.name}`]);
  const local = node.local[step.input];
  if (!step.contribution) return addRow(["plain", local.rule, `from ${node.name} to ${target.name}`]);
  const contribution = ["backward", tensorText(step.contribution), `contribution to ${target.name}`];
  const derivative = `local, ∂${node.name}/∂${target.name} = ${local.symbol}`;
  // Between single numbers a product; of tensors the rule is a function of the upstream gradient g.
  const [sign, upstream, factor] = local.number === null
    ? ["→", `g = ${tensorText(step.upstream)}`, ["plain", local.rule, "local rule"]]
    : ["×", factorText(step.upstream), ["plain", inBrackets(numberText(Number(local.number))), derivative]];
  addRow(["backward", upstream, `upstream, at ${node.name}`], sign, factor, "=", contribution);
  const shares = step.parts.map((part, head) => part && ["share", tensorText(part), `from ${headName(head)}`, headColor(head)]).filter(Boolean);
  if (shares.length > 1) addRow(...shares.flatMap((share, index) => index ? ["+", share] : [share]), "=", contribution);
  if (!step.before) return;
  const before = ["backward", tensorText(step.before), `so far at ${target.name}`];
  const after = ["backward", tensorText(step.after), "running sum"];
  addRow(before, "+", ["backward", factorText(step.contribution), "this contribution"], "=", after);
}
