// A picture: drawn, where the model takes small gray ones, or a file.
import { asJson, button, buttons, make, submit } from "./parts.js";
import { centered } from "./digits.js";

const largestDrawn = 64;
const side = 280;

function drawn(form, model, ask, use) {
  const pad = make("canvas", { id: "pad", width: side, height: side, tabIndex: 0 });
  pad.setAttribute("role", "img");
  pad.setAttribute("aria-label", "Draw here with a pointer; with the keyboard, arrow keys move a pen, the space bar puts it down and lifts it.");
  const brush = pad.getContext("2d", { willReadFrequently: true });
  const pen = { x: side / 2, y: side / 2, down: false };
  const [, height, width] = model.input_shape;
  const read = () => asJson({ picture: centered(brush.getImageData(0, 0, side, side), width, height) });
  const clear = () => {
    brush.fillStyle = "#000";
    brush.fillRect(0, 0, side, side);
  };
  const moveTo = (x, y, isDown) => {
    if (isDown) {
      Object.assign(brush, { lineWidth: 22, lineCap: "round", lineJoin: "round", strokeStyle: "#fff" });
      brush.beginPath();
      brush.moveTo(pen.x, pen.y);
      brush.lineTo(x, y);
      brush.stroke();
    }

    Object.assign(pen, { x, y });
  };
  const place = event => [event.offsetX * side / pad.clientWidth, event.offsetY * side / pad.clientHeight];
  const end = () => {
    if (!pen.down) return;
    pen.down = false;
    use(read);
    ask(read());
  };
  pad.onpointerdown = event => {
    pad.setPointerCapture(event.pointerId);
    moveTo(...place(event), false);
    pen.down = true;
    moveTo(...place(event), true);
  };
  pad.onpointermove = event => pen.down && moveTo(...place(event), true);
  pad.onpointerup = end;
  pad.onpointercancel = end;
  pad.onkeydown = event => {
    const step = { ArrowLeft: [-10, 0], ArrowRight: [10, 0], ArrowUp: [0, -10], ArrowDown: [0, 10] }[event.key];
    if (step) moveTo(Math.min(Math.max(pen.x + step[0], 0), side), Math.min(Math.max(pen.y + step[1], 0), side), pen.down);
    else if (event.key === " " && pen.down) end();
    else if (event.key === " ") pen.down = true;
    else return;
    event.preventDefault();
  };
  clear();
  form.append(pad, buttons(submit("Predict"), button("Clear", clear)));
  return read;
}

export function buildPicture(form, model, ask) {
  const [channels, height, width] = model.input_shape;
  let read = () => asJson({ picture: Array(channels * height * width).fill(0) });
  const use = other => {
    read = other;
  };
  if (channels === 1 && Math.max(height, width) <= largestDrawn) read = drawn(form, model, ask, use);
  const file = make("input", { type: "file", accept: "image/*" });
  const shown = make("img", { alt: "", hidden: true });
  const drop = make("div", { id: "drop" }, make("label", {}, "A picture: choose a file, or drop one here. ", file), shown);
  const take = picture => {
    if (!picture) return;
    if (shown.src) URL.revokeObjectURL(shown.src);
    Object.assign(shown, { src: URL.createObjectURL(picture), hidden: false });
    use(() => ({ body: picture, type: picture.type || "image/unknown" }));
    ask(read());
  };
  file.onchange = () => take(file.files[0]);
  drop.ondragover = event => {
    event.preventDefault();
    drop.classList.add("over");
  };
  drop.ondragleave = () => drop.classList.remove("over");
  drop.ondrop = event => {
    event.preventDefault();
    drop.classList.remove("over");
    take(event.dataTransfer.files[0]);
  };
  form.append(drop);
  return () => read();
}
