// What neurons give over the plane, as pictures: one color below zero, another above it, and a line at zero.
import { colorOf } from "./elements.js";

/** The colors of all bytes in red, green, blue. @type {Uint8ClampedArray|null} */
let shades = null;
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { shades = null; });

const channelsOf = color => [1, 3, 5].map(at => parseInt(color.slice(at, at + 2), 16));

function shadesOfNow() {
  const [below, zero, above] = ["forward", "card", "backward"].map(name => channelsOf(colorOf(name)));
  return Uint8ClampedArray.from({ length: 256 * 3 }, (_, at) => {
    const [share, channel] = [(Math.floor(at / 3) - 128) / 127, at % 3];
    return zero[channel] + ((share < 0 ? below : above)[channel] - zero[channel]) * Math.abs(share) * 0.75;
  });
}

/** The maps of all neurons from one text in base 64. @param {string} packed @param {number} size @returns {Uint8Array[]} */
export function unpackMaps(packed, size) {
  const bytes = Uint8Array.from(atob(packed), letter => letter.charCodeAt(0));
  return Array.from({ length: bytes.length / (size * size) }, (_, index) => bytes.subarray(index * size * size, (index + 1) * size * size));
}

/** Paints a map into a canvas of a pixel for each place. @param {HTMLCanvasElement|OffscreenCanvas} canvas @param {Uint8Array} map @param {number} size */
export function paintMap(canvas, map, size) {
  shades ??= shadesOfNow();
  const context = canvas.getContext("2d");
  const picture = context.createImageData(size, size);
  map.forEach((byte, place) => {
    for (let channel = 0; channel < 3; channel++) picture.data[4 * place + channel] = shades[3 * byte + channel];
    picture.data[4 * place + 3] = 255;
  });
  context.putImageData(picture, 0, 0);
}

/**
 * Paints a map over a square, its outermost places on the edges, with a line where it goes through zero.
 * @param {CanvasRenderingContext2D} context
 * @param {Uint8Array} map
 * @param {number} size
 * @param {number} side
 */
export function paintPlane(context, map, size, side) {
  const small = new OffscreenCanvas(size, size);
  paintMap(small, map, size);
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = "high";
  context.drawImage(small, 0.5, 0.5, size - 1, size - 1, 0, 0, side, side);
  context.beginPath();
  for (let row = 0; row < size - 1; row++) {
    for (let column = 0; column < size - 1; column++) traceZero(context, map, size, row, column, side / (size - 1));
  }
  context.strokeStyle = colorOf("ink");
  context.lineWidth = 1.2;
  context.globalAlpha = 0.7;
  context.stroke();
  context.globalAlpha = 1;
}

// Within one cell a straight line from where one edge has zero to where another has; of four crossings, two lines.
function traceZero(context, map, size, row, column, scale) {
  const corners = [[0, 0], [0, 1], [1, 1], [1, 0]].map(([down, right]) => [column + right, row + down, map[(row + down) * size + column + right] - 127.5]);
  const crossings = [];
  corners.forEach(([x1, y1, one], index) => {
    const [x2, y2, other] = corners[(index + 1) % 4];
    if (one < 0 === other < 0) return;
    const share = one / (one - other);
    crossings.push([(x1 + (x2 - x1) * share) * scale, (y1 + (y2 - y1) * share) * scale]);
  });
  crossings.forEach(([x, y], index) => index % 2 ? context.lineTo(x, y) : context.moveTo(x, y));
}
