// What was drawn, as the digits of MNIST are: in a box of 20 of 28 points, its center of mass in the middle.
const share = 20 / 28;

// The ink of a picture: where it is, and how much.
function inkOf({ data, width, height }) {
  const ink = { left: width, right: -1, top: height, bottom: -1, x: 0, y: 0, sum: 0 };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const value = data[4 * (y * width + x)];
      if (value === 0) continue;
      ink.left = Math.min(ink.left, x);
      ink.right = Math.max(ink.right, x);
      ink.top = Math.min(ink.top, y);
      ink.bottom = Math.max(ink.bottom, y);
      ink.x += x * value;
      ink.y += y * value;
      ink.sum += value;
    }
  }

  return ink;
}

// Each point is the mean of the drawing's points that lie in it.
export function centered(picture, width, height) {
  const ink = inkOf(picture);
  const numbers = Array(width * height).fill(0);
  if (ink.sum === 0) return numbers;
  const size = Math.max(ink.right - ink.left, ink.bottom - ink.top) + 1;
  const scale = size / (share * Math.min(width, height));
  const [middleX, middleY] = [ink.x / ink.sum, ink.y / ink.sum];
  const parts = 4;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let part = 0; part < parts * parts; part++) {
        const fromX = Math.round(middleX + (x + (part % parts + 0.5) / parts - width / 2) * scale);
        const fromY = Math.round(middleY + (y + (Math.floor(part / parts) + 0.5) / parts - height / 2) * scale);
        if (fromX >= 0 && fromY >= 0 && fromX < picture.width && fromY < picture.height) sum += picture.data[4 * (fromY * picture.width + fromX)];
      }

      numbers[y * width + x] = Math.round(sum / (parts * parts)) / 255;
    }
  }

  return numbers;
}
