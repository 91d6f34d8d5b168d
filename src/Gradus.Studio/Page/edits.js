// What was changed by hand while a network learnt, as a text that an address can hold: step, what is done, its numbers.

/** @typedef {{ step: number, message: Record<string, any> }} Edit */

function writeEdit({ step, message: { do: what, layer, neuron, input, value, on, layers, features, rate } }) {
  if (what === "weight") return `${step}.w.${layer}.${neuron}.${input}=${value}`;
  if (what === "switch") return `${step}.s.${layer}.${neuron}=${on ? 1 : 0}`;
  if (what === "rate") return `${step}.lr=${rate}`;
  return `${step}.r=${layers.join(",")}/${features.join(",")}`;
}

/** @param {Edit[]} edits */
export const writeEdits = edits => edits.map(writeEdit).join(";");

function readEdit(part) {
  const [place, value = ""] = part.split("=");
  const [step, what, layer, neuron, input] = place.split(".");
  const at = { layer: Number(layer), neuron: Number(neuron) };
  if (what === "w") return { step: Number(step), message: { do: "weight", ...at, input: Number(input), value: Number(value) } };
  if (what === "s") return { step: Number(step), message: { do: "switch", ...at, on: value === "1" } };
  if (what === "lr") return { step: Number(step), message: { do: "rate", rate: Number(value) } };
  const [layers, features = ""] = value.split("/");
  const sizes = layers === "" ? [] : layers.split(",").map(Number);
  return { step: what === "r" ? Number(step) : NaN, message: { do: "reshape", layers: sizes, features: features.split(",") } };
}

/** What is no edit is left out. @param {string|undefined} written @returns {Edit[]} */
export const readEdits = written => String(written ?? "").split(";").filter(Boolean).map(readEdit)
  .filter(({ step, message }) => [step, ...Object.values(message).flat()].every(part => !Number.isNaN(part)));
