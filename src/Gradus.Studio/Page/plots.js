// What the network gives over the plane, with the points, and the loss of every step.
import { byId, colorOf } from "./elements.js";
import { paintMap } from "./maps.js";

/** Half of the side of the plane that is shown. */
export const reach = 1.3;

/** Where a point lies on the canvas. @param {HTMLCanvasElement} canvas @param {number} x1 @param {number} x2 */
const placeOf = (canvas, x1, x2) => [(x1 / reach + 1) / 2 * canvas.width, (1 - x2 / reach) / 2 * canvas.height];

/**
 * @param {Uint8Array} map
 * @param {number} size
 * @param {{ points: number[], targets: number[], trained: number, classification: boolean }} data
 * @param {number|null} marked
 */
export function drawBoundary(map, size, data, marked) {
  const canvas = byId("boundary");
  paintMap(canvas, map, size);
  const context = canvas.getContext("2d");
  data.targets.forEach((target, index) => {
    const [x, y] = placeOf(canvas, data.points[2 * index], data.points[2 * index + 1]);
    const isHigh = data.classification ? target > 0.5 : target > 0;
    context.beginPath();
    context.arc(x, y, index === marked ? 7 : 3.4, 0, 7);
    context.fillStyle = isHigh ? "#b93b0a" : "#1d4ed8";
    context.globalAlpha = data.classification ? 1 : 0.25 + 0.75 * Math.min(1, Math.abs(target));
    if (index < data.trained) context.fill();
    context.globalAlpha = 1;
    // Of those that are not trained on there is a ring alone.
    context.strokeStyle = index === marked ? "#0f172a" : index < data.trained ? "#fff" : context.fillStyle;
    context.lineWidth = index === marked ? 3 : 1.4;
    context.stroke();
  });
}

/** The point nearest to a place on the canvas, if one is near. @param {number[]} points @param {number} x @param {number} y @returns {number|null} */
export function pointAt(points, x, y) {
  const canvas = byId("boundary");
  let [nearest, least] = [null, 15];
  for (let index = 0; index < points.length / 2; index++) {
    const [px, py] = placeOf(canvas, points[2 * index], points[2 * index + 1]);
    const distance = Math.hypot(px - x, py - y);
    if (distance < least) [nearest, least] = [index, distance];
  }
  return nearest;
}

/** @param {number[]} losses @param {number} step */
export function drawLosses(losses, step) {
  const canvas = byId("losses");
  const context = canvas.getContext("2d");
  const [width, height] = [canvas.width, canvas.height];
  context.clearRect(0, 0, width, height);
  const finite = losses.filter(loss => loss !== null);
  const top = Math.max(...finite, 1e-9);
  // Of many steps the extremes of each column.
  const x = index => losses.length < 2 ? 0 : index / (losses.length - 1) * (width - 4) + 2;
  const y = loss => height - 4 - loss / top * (height - 8);
  context.beginPath();
  losses.forEach((loss, index) => { if (loss !== null) context.lineTo(x(index), y(loss)); });
  context.strokeStyle = colorOf("ink");
  context.lineWidth = 1.6;
  context.stroke();
  context.beginPath();
  const at = x(Math.min(step, losses.length - 1));
  context.moveTo(at, 0);
  context.lineTo(at, height);
  context.strokeStyle = colorOf("control");
  context.lineWidth = 1;
  context.stroke();
}
