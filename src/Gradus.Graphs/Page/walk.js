// Forward and backward propagation as a list of steps, for the heads that are switched on.
import { plus } from "./arrays.js";
import { headName } from "./heads.js";
import { factorText, inBrackets, numberText, shapeText, tensorText } from "./numbers.js";
import { enabled, graph } from "./state.js";
import { text } from "./words.js";

function forwardText(node) {
  const [{ name, formula }, shape] = [node, shapeText(node.shape) || "()"];
  if (!node.value) return text(node.kind === "operation" ? "now.sized" : "now.sized.given", { name, formula, shape });
  const value = tensorText(node.value);
  if (node.kind === "constant") return text("now.constant", { value });
  if (node.kind === "variable") return text("now.given", { name, value });
  return `${name} = ${formula}${node.numbers ? ` = ${node.numbers}` : ""} = ${value}`;
}

function backwardText({ node, target, local, upstream, contribution, before, after, parts }) {
  const names = { node: node.name, target: target.name, rule: local.rule, symbol: local.symbol };
  const start = text("now.from", names);
  if (!contribution) return start + text(after ? "now.rule.all" : "now.rule", { ...names, after: after ? tensorText(after) : "" });
  const factors = () => `${factorText(upstream)} × ${inBrackets(numberText(Number(local.number)))} = ${tensorText(contribution)}`;
  const product = local.number !== null ? text("now.product", { ...names, factors: factors() })
    : text("now.function", { ...names, upstream: tensorText(upstream), contribution: tensorText(contribution) });
  const shares = parts.map((part, head) => part && text("now.share", { part: factorText(part), head: headName(head) })).filter(Boolean);
  const ofThis = shares.length > 1 ? text("now.shares", { shares: shares.join(", ") }) : "";
  const running = () => `${tensorText(before)} + ${factorText(contribution)} = ${tensorText(after)}`;
  return start + product + ofThis + (before ? text("now.adds", { ...names, running: running() }) : "");
}

export function walk() {
  const steps = graph.nodes.map(node => ({ back: false, node, target: node, after: node.value, text: forwardText(node) }));
  const gradients = graph.nodes.map(() => graph.heads.map(() => null));
  const sumAt = id => gradients[id].reduce(plus, null);
  const only = parts => parts.map((part, head) => enabled[head] ? part : null);
  graph.heads.forEach((head, index) => {
    if (!enabled[index] || !head.seed) return;
    const node = graph.nodes[head.node];
    const before = sumAt(head.node);
    gradients[head.node][index] = head.seed;
    steps.push({
      back: true, node, target: node, before, after: sumAt(head.node), parts: graph.heads.map((_, other) => other === index ? head.seed : null),
      text: text("now.starts", { name: node.name, gradient: tensorText(head.seed) }),
    });
  });

  for (const { node: id, input, target, parts: all } of graph.steps) {
    const parts = only(all);
    const isKnown = all.some(Boolean);
    if (isKnown && !parts.some(Boolean)) continue;
    const node = graph.nodes[id];
    const [upstream, before] = [sumAt(id), sumAt(target)];
    const step = { back: true, node, input, target: graph.nodes[target], local: node.local[input], parts, upstream, before };
    step.contribution = parts.reduce(plus, null);
    parts.forEach((part, head) => gradients[target][head] = plus(gradients[target][head], part));
    step.shares = [...gradients[target]];
    step.after = isKnown ? sumAt(target) : step.target.gradient;
    step.text = backwardText(step);
    steps.push(step);
  }

  // A gradient is complete with its last contribution.
  const last = new Map(steps.filter(step => step.back).map(step => [step.target, step]));
  for (const step of last.values()) step.isLast = true;
  return { steps, gradients };
}
