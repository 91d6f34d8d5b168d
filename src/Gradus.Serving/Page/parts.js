// Elements with properties and children.
export function make(name, properties = {}, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

export const field = (text, input) => make("label", { className: "field" }, text, input);

export const buttons = (...all) => make("div", { className: "buttons" }, ...all);

export const button = (text, onclick) => make("button", { type: "button", onclick }, text);

export const submit = text => make("button", { className: "main" }, text);

export const asJson = value => ({ body: JSON.stringify(value), type: "application/json" });

export const short = (number, digits = 6) => number.toLocaleString("en", { maximumSignificantDigits: digits }).replace("-", "−");

// A row of a list of bars: name, bar, figure. A signed bar begins in the middle.
export function bar(name, share, figure, isSigned = false) {
  const width = Math.min(Math.abs(share), 1) * (isSigned ? 50 : 100);
  const fill = make("i", { className: isSigned && share > 0 ? "raises" : "" });
  fill.style.width = `${width}%`;
  fill.style.left = `${isSigned ? (share > 0 ? 50 : 50 - width) : 0}%`;
  return [make("dt", {}, name), make("dd", { className: isSigned ? "bar signed" : "bar" }, fill), make("dd", { className: "figure" }, figure)];
}
