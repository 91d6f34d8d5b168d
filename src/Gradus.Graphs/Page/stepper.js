// Forward and backward, one step at a time.
import { find } from "./elements.js";
import { drawEquation } from "./equation.js";
import { drawSteps, reveal, shapeOf } from "./picture.js";
import { at, graph, opened, setSteps, show, steps, timers } from "./state.js";
import { walk } from "./walk.js";

const slider = find("slider");

// An address leads back to what is open and to the step.
export const addressOf = step => opened ? `#${opened}.${step}` : `#${step}`;

export function drawStep() {
  const current = steps[at - 1];
  drawSteps(steps.slice(0, at));
  drawEquation(current);
  const phase = !current ? "" : current.back ? "backward" : "forward";
  find("step").className = `card ${phase}`;
  find("phase").textContent = { "": "Ready", forward: "Forward", backward: "Backward" }[phase];
  find("now").textContent = current?.text ?? "Nothing is computed yet. Step on to begin with forward propagation.";
  find("list").querySelector("[aria-current]")?.removeAttribute("aria-current");
  find("list").children[at - 1]?.setAttribute("aria-current", "step");
  slider.value = at;
  slider.setAttribute("aria-valuetext", `${at} of ${steps.length}: ${find("now").textContent}`);
  find("count").textContent = `${at} of ${steps.length}`;
  // A button that is switched off would lose the focus of who steps by keyboard.
  for (const id of ["first", "back"]) find(id).setAttribute("aria-disabled", at === 0);
  for (const id of ["next", "last"]) find(id).setAttribute("aria-disabled", at === steps.length);
}

export function drawList() {
  const items = steps.map((step, index) => {
    const item = document.createElement("li");
    const link = Object.assign(document.createElement("a"), { href: addressOf(index + 1), textContent: step.text });
    item.append(link);
    return item;
  });
  find("list").replaceChildren(...items);
}

export function revealStep() {
  if (at) reveal(shapeOf(steps[at - 1].node));
}

// The steps anew, of another view or after heads were switched, with the same node at work where it still is.
export function restart() {
  const before = steps[at - 1];
  setSteps(walk());
  drawList();
  slider.max = steps.length;
  slider.style.setProperty("--split", `${steps.length ? graph.nodes.length / steps.length * 100 : 0}%`);
  const place = steps.findIndex(step => step.back === before?.back && step.node === before.node && step.input === before.input);
  show(before ? place < 0 ? steps.length : place + 1 : 0);
}

function play(isOn) {
  clearInterval(timers.play);
  timers.play = isOn ? setInterval(() => at < steps.length ? show(at + 1) : play(false), 1200) : null;
  find("play").setAttribute("aria-pressed", isOn);
  find("play").title = isOn ? "Pause" : "Play";
  find("play").setAttribute("aria-label", find("play").title);
  if (isOn && at === steps.length) show(0);
}

export function startStepper() {
  const onClick = (id, step) => find(id).onclick = () => { play(false); show(step()); };
  onClick("first", () => 0);
  onClick("back", () => at - 1);
  onClick("next", () => at + 1);
  onClick("last", () => steps.length);
  find("play").onclick = () => play(timers.play === null);
  slider.oninput = () => { play(false); show(Number(slider.value)); };
  find("list").onclick = event => {
    const item = event.target.closest("li");
    if (!item) return;
    event.preventDefault();
    show([...find("list").children].indexOf(item) + 1);
  };
  document.addEventListener("keydown", event => {
    // Sliders, lists and tables have keys of their own.
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.defaultPrevented) return;
    if (event.target.closest("input, select, [role=grid]")) return;
    const step = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: steps.length }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    play(false);
    show(step);
  });
}
