// What the model says: probabilities as bars, a value with its interval, a text, notes.
import { find } from "./elements.js";
import { bar, make, short } from "./parts.js";

const mostBars = 20;
const percent = share => `${(100 * share).toFixed(1)} %`;
const token = text => JSON.stringify(text).slice(1, -1).replaceAll(" ", "␣");

function classes({ class: best, probabilities }) {
  const sorted = Object.entries(probabilities).sort(([, one], [, other]) => other - one);
  return [
    make("p", { className: "answer" }, best, " ", make("small", {}, percent(probabilities[best]))),
    make("dl", { className: "bars" }, ...sorted.slice(0, mostBars).flatMap(([name, share]) => bar(name, share, percent(share)))),
  ];
}

function value({ value: single, values, interval }) {
  const parts = [make("p", { className: "answer" }, (values ?? [single]).map(number => short(number)).join(", "))];
  if (interval) {
    parts.push(make("div", { className: "interval" }, make("i")),
      make("div", { className: "ends" }, make("span", {}, short(interval.from)), make("span", {}, short(interval.to))),
      make("p", { className: "hint" }, `In ${Math.round(100 * interval.coverage)} of 100 cases the truth lies between these.`));
  }

  return parts;
}

const next = said => [
  make("p", { className: "answer" }, token(said.token)),
  make("dl", { className: "bars" }, ...said.next.flatMap(each => bar(token(each.token), each.probability, percent(each.probability)))),
];

function partsOf(said) {
  if (said.prompt !== undefined) return [make("p", { className: "written" }, said.prompt, make("b", {}, said.text))];
  if (said.next) return next(said);
  if (said.probabilities) return classes(said);
  if (said.mse !== undefined) return [make("p", { className: "answer" }, short(said.mse), " ", make("small", {}, "mean squared error of the sample given back"))];
  return value(said);
}

export function showPrediction(said) {
  const notes = said.notes ? [make("ul", { className: "notes" }, ...said.notes.map(note => make("li", {}, note)))] : [];
  find("said").replaceChildren(...partsOf(said), ...notes);
}
