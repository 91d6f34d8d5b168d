// Forward and backward, one step at a time.
const slider = find("slider");
let enabled = [];
let steps = [];
let gradients = [];
let at = 0;

function loadStepper() {
  enabled = graph.heads.map(() => true);
  ({ steps, gradients } = walk(enabled));
  at = 0;
  restart();
}

function addTerm(row, kind, number, meaning, colour = "") {
  const element = document.createElement("span");
  element.className = `term ${kind}`;
  element.style.color = colour;
  element.append(Object.assign(document.createElement("b"), { textContent: number }), Object.assign(document.createElement("small"), { textContent: meaning }));
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

// The step as a picture of its arithmetic; the sentence below says the same.
function drawEquation(step) {
  find("equation").replaceChildren();
  if (!step) return;
  const { node, target } = step;
  if (!step.back) {
    if (node.kind === "operation" && node.numbers) addRow(["plain", node.numbers, node.formula], "=", ["forward", step.after ? tensorText(step.after) : "", node.name]);
    else addRow(["forward", step.after ? tensorText(step.after) : shapeText(node.shape), node.name]);
    return;
  }

  if (step.input === undefined) return addRow(["backward", tensorText(step.after), `gradient of ${node.name}`]);
  const local = node.local[step.input];
  if (!step.contribution) return addRow(["plain", local.rule, `from ${node.name} to ${target.name}`]);
  const contribution = ["backward", tensorText(step.contribution), `contribution to ${target.name}`];
  // Between single numbers a product; of tensors the rule is a function of the upstream gradient g.
  const [sign, upstream, factor] = local.number === null
    ? ["→", `g = ${tensorText(step.upstream)}`, ["plain", local.rule, "local rule"]]
    : ["×", factorText(step.upstream), ["plain", inBrackets(numberText(Number(local.number))), `local, ∂${node.name}/∂${target.name} = ${local.symbol}`]];
  addRow(["backward", upstream, `upstream, at ${node.name}`], sign, factor, "=", contribution);
  const shares = step.parts.map((part, head) => part && ["share", tensorText(part), `from ${headName(head)}`, headColour(head)]).filter(Boolean);
  if (shares.length > 1) addRow(...shares.flatMap((share, index) => index ? ["+", share] : [share]), "=", ["backward", tensorText(step.contribution), `contribution to ${target.name}`]);
  if (step.before) addRow(["backward", tensorText(step.before), `so far at ${target.name}`], "+", ["backward", factorText(step.contribution), "this contribution"], "=", ["backward", tensorText(step.after), "running sum"]);
}

function show(step) {
  resetNudge();
  at = Math.max(0, Math.min(steps.length, step));
  drawStep();
  if (at) reveal(shapeOf(steps[at - 1].node));
  writeAddress();
}

// An address leads back to what is open and to the step. Browsers allow few changes of it in a time.
const addressOf = step => opened ? `#${opened}.${step}` : `#${step}`;
let writing = null;

function writeAddress() {
  clearTimeout(writing);
  const address = addressOf(at);
  if (at || opened || location.hash) writing = setTimeout(() => history.replaceState(null, "", address), 300);
}

function readAddress() {
  const [, view, step] = /^#(?:(\d+)\.)?(\d+)$/.exec(location.hash) ?? [];
  if (Number(view ?? 0) < views.length && Number(view ?? 0) !== opened) open(Number(view ?? 0));
  show(Number(step ?? 0));
}

function drawStep() {
  const current = steps[at - 1];
  drawSteps(steps.slice(0, at));
  drawEquation(current);
  const phase = !current ? "" : current.back ? "backward" : "forward";
  find("step").className = `card ${phase}`;
  find("phase").textContent = { "": "Ready", forward: "Forward", backward: "Backward" }[phase];
  find("now").textContent = current?.text ?? "Nothing is computed yet. Step on to begin with forward propagation.";
  [...find("list").children].forEach((item, index) => index === at - 1 ? item.setAttribute("aria-current", "step") : item.removeAttribute("aria-current"));
  slider.value = at;
  slider.setAttribute("aria-valuetext", `${at} of ${steps.length}: ${find("now").textContent}`);
  find("count").textContent = `${at} of ${steps.length}`;
  // A button that is switched off would lose the focus of who steps by keyboard.
  for (const [id, isOff] of [["first", at === 0], ["back", at === 0], ["next", at === steps.length], ["last", at === steps.length]]) find(id).setAttribute("aria-disabled", isOff);
}

function drawList() {
  const items = steps.map((step, index) => {
    const item = document.createElement("li");
    const link = Object.assign(document.createElement("a"), { href: addressOf(index + 1), textContent: step.text });
    item.append(link);
    return item;
  });
  find("list").replaceChildren(...items);
}

// The steps anew, after heads were switched, with the same node at work where it still is.
function restart() {
  const before = steps[at - 1];
  ({ steps, gradients } = walk(enabled));
  if (!nudge.isMoved) nudge.gradients = gradients;
  drawList();
  slider.max = steps.length;
  nudge.isDrawn = false;
  slider.style.setProperty("--split", `${steps.length ? graph.nodes.length / steps.length * 100 : 0}%`);
  const place = steps.findIndex(step => step.back === before?.back && step.node === before.node && step.input === before.input);
  show(before ? place < 0 ? steps.length : place + 1 : 0);
}

let playing = null;

function play(isOn) {
  clearInterval(playing);
  playing = isOn ? setInterval(() => at < steps.length ? show(at + 1) : play(false), 1200) : null;
  find("play").setAttribute("aria-pressed", isOn);
  find("play").title = isOn ? "Pause" : "Play";
  find("play").setAttribute("aria-label", find("play").title);
  if (isOn && at === steps.length) show(0);
}

function startStepper() {
  const onClick = (id, step) => find(id).onclick = () => { play(false); show(step()); };
  onClick("first", () => 0);
  onClick("back", () => at - 1);
  onClick("next", () => at + 1);
  onClick("last", () => steps.length);
  find("play").onclick = () => play(playing === null);
  slider.oninput = () => { play(false); show(Number(slider.value)); };
  find("list").onclick = event => {
    const item = event.target.closest("li");
    if (!item) return;
    event.preventDefault();
    show([...find("list").children].indexOf(item) + 1);
  };
  document.addEventListener("keydown", event => {
    // Sliders, lists and tables have keys of their own.
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.defaultPrevented || event.target.closest("input, select, [role=grid]")) return;
    const step = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: steps.length }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    play(false);
    show(step);
  });
}
