// A step as mathematics, in symbols and in numbers; the sentence below says the same in words.
import { find } from "./elements.js";
import { headColor, headName } from "./heads.js";
import { derivative, formula, isMatrix, math, phrase, sign, valueOf, withNumbers } from "./math.js";
import { factorText, inBrackets, numberText, shapeText, tensorText } from "./numbers.js";
import { stripOf } from "./picture.js";
import { copyCells, paintTensor } from "./pictures.js";
import { graph } from "./state.js";
import { text } from "./words.js";

// A small matrix as such, a large one as a picture, a number as text.
function write(parent, { tensor, written, strip }) {
  if (tensor && isMatrix(tensor)) parent.append(math(valueOf(tensor)));
  else if (tensor?.data && tensor.data.length > 16 && tensor.shape.length >= 2) parent.append(paintTensor(tensor), ` ${written}`);
  else if (strip && tensor?.text) parent.append(copyCells(strip), ` ${written}`);
  else parent.textContent = written;
}

function addTerm(row, kind, shown, meaning, color = "") {
  const term = document.createElement("span");
  term.className = `term ${kind}`;
  term.style.color = color;
  const number = document.createElement("b");
  if (shown.written instanceof Element) number.append(shown.written);
  else write(number, shown);
  term.append(number, Object.assign(document.createElement("small"), { textContent: meaning }));
  row.append(term);
}

const told = (tensor, written = tensorText(tensor)) => ({ tensor, written });
const plain = written => ({ written });

function addRow(...terms) {
  const row = document.createElement("div");
  row.className = "row";
  for (const part of terms) {
    if (typeof part === "string") row.append(Object.assign(document.createElement("i"), { textContent: part }));
    else addTerm(row, ...part);
  }
  find("equation").append(row);
}

// Whether numbers in place of the names say something that a line can hold.
const isShort = node => node.inputs.every(input => graph.nodes[input].value && (graph.nodes[input].shape.length === 0 || isMatrix(graph.nodes[input].value)));

function drawSymbols({ back, node, target, input }) {
  const parts = [];
  if (!back) parts.push(formula(node.nameMath), ...node.math ? [sign("="), formula(node.math)] : []);
  else if (input !== undefined) {
    const [head, local] = [graph.heads.length === 1 ? graph.nodes[graph.heads[0].node].nameMath : "<mo>∑</mo>", node.local[input]];
    if (local.number !== null) {
      parts.push(derivative(head, target.nameMath), sign("⟵"), derivative(head, node.nameMath), sign("·"), derivative(node.nameMath, target.nameMath));
      if (local.symbolMath) parts.push(sign("="), derivative(head, node.nameMath), sign("·"), formula(local.symbolMath));
    } else {
      parts.push(derivative(head, target.nameMath), sign("⟵"), formula(local.math ?? ""), phrase(text("where.g")), sign("="), derivative(head, node.nameMath));
    }
  }
  if (parts.length) find("symbols").append(math(...parts));
}

export function drawEquation(step) {
  find("equation").replaceChildren();
  find("symbols").replaceChildren();
  if (!step) return;
  if (step.node.nameMath) drawSymbols(step);
  const { node, target } = step;
  if (!step.back) {
    const value = ["forward", step.after ? { ...told(step.after), strip: stripOf(node, "value") } : plain(shapeText(node.shape)), node.name];
    if (node.kind !== "operation" || !node.numbers) return addRow(value);
    const numbers = node.math && node.shape.length + node.inputs.some(input => graph.nodes[input].shape.length) && isShort(node)
      ? plain(math(withNumbers(formula(node.math)))) : plain(node.numbers);
    return addRow(["plain", numbers, node.formula], "=", value);
  }

  if (step.input === undefined) return addRow(["backward", told(step.after), text("gradient.of", { name: node.name })]);
  const local = node.local[step.input];
  const names = { node: node.name, target: target.name };
  if (!step.contribution) return addRow(["plain", plain(local.rule), text("term.between", names)]);
  const isAll = step.isLast && !step.before;
  const contribution = ["backward", { ...told(step.contribution), strip: isAll && stripOf(target, "gradient") }, text("term.contribution", names)];
  if (local.number === null) {
    // Of tensors the rule is a function of the upstream gradient g.
    const isWritten = local.math && isShort(node) && isMatrixOrNumber(step.upstream);
    const rule = plain(isWritten ? math(withNumbers(formula(local.math), step.upstream)) : local.rule);
    const upstream = ["backward", { ...told(step.upstream), strip: stripOf(node, "gradient") }, text("term.g", names)];
    addRow(upstream, "→", ["plain", rule, ruleName(local)], "=", contribution);
  } else {
    const symbol = text("term.local", { ...names, symbol: local.symbol });
    addRow(["backward", told(step.upstream, factorText(step.upstream)), text("term.upstream", names)], "×",
      ["plain", plain(inBrackets(numberText(Number(local.number)))), symbol], "=", contribution);
  }

  const shares = step.parts.map((part, head) => part && ["share", told(part), text("term.share", { head: headName(head) }), headColor(head)]).filter(Boolean);
  if (shares.length > 1) addRow(...shares.flatMap((share, index) => index ? ["+", share] : [share]), "=", contribution);
  if (!step.before) return;
  const before = ["backward", told(step.before), text("term.before", names)];
  const after = ["backward", told(step.after), text("term.sum")];
  addRow(before, "+", ["backward", told(step.contribution, factorText(step.contribution)), text("term.this")], "=", after);
}

const isMatrixOrNumber = tensor => tensor.shape.length === 0 || isMatrix(tensor);

// What kind of rule it is, and the rule as it is written.
const ruleName = local => !local.words || local.words === "other" ? local.rule : `${text(`rule.${local.words}`)}: ${local.rule}`;
