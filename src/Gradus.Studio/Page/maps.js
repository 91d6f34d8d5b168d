// What neurons give over the plane, as pictures: blue below zero, orange above it.

/** The two colors, and the one between. */
const below = [29, 78, 216], above = [185, 59, 10];

/** The maps of all neurons from one text in base 64. @param {string} packed @param {number} size @returns {Uint8Array[]} */
export function unpackMaps(packed, size) {
  const bytes = Uint8Array.from(atob(packed), letter => letter.charCodeAt(0));
  return Array.from({ length: bytes.length / (size * size) }, (_, index) => bytes.subarray(index * size * size, (index + 1) * size * size));
}

/** Paints a map over a canvas. @param {HTMLCanvasElement} canvas @param {Uint8Array} map @param {number} size */
export function paintMap(canvas, map, size) {
  const small = new OffscreenCanvas(size, size);
  const context = small.getContext("2d");
  const picture = context.createImageData(size, size);
  map.forEach((byte, place) => {
    const share = (byte - 128) / 127;
    const color = share < 0 ? below : above;
    const strength = Math.abs(share) * 0.75;
    for (let channel = 0; channel < 3; channel++) picture.data[4 * place + channel] = 255 + (color[channel] - 255) * strength;
    picture.data[4 * place + 3] = 255;
  });
  context.putImageData(picture, 0, 0);
  const target = canvas.getContext("2d");
  target.imageSmoothingEnabled = true;
  target.drawImage(small, 0, 0, canvas.width, canvas.height);
}
