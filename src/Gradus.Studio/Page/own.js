// Points of one's own, as a text that an address can hold: each number in two letters, on a grid of 1/1024 from −2 to 2; a class in one.

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const steps = 1024;

/** How long the text of points may be in an address. */
export const longestInLink = 2001;

/** The most points that can be painted: all of them then go into an address. */
export const mostPainted = 400;

/** @typedef {{ points: number[], targets: number[], classes: boolean }} Own */

/** A number on the grid that an address can hold. @param {number} number */
export const onGrid = number => Math.max(-2, Math.min(2047 / steps, Math.round(number * steps) / steps));

const lettersOf = number => { const place = Math.round(number * steps) + 2048; return alphabet[place >> 6] + alphabet[place & 63]; };

const numberOf = (letters, at) => ((alphabet.indexOf(letters[at]) << 6) + alphabet.indexOf(letters[at + 1]) - 2048) / steps;

/** @param {Own} own */
export const packOwn = ({ points, targets, classes }) => targets.length === 0 ? "" : (classes ? "c" : "n") + targets.map((target, index) =>
  lettersOf(onGrid(points[2 * index])) + lettersOf(onGrid(points[2 * index + 1])) + (classes ? alphabet[target] : lettersOf(onGrid(target)))).join("");

/** What is no such text has no points. @param {string} packed @returns {Own} */
export function unpackOwn(packed) {
  const [letters, classes] = [packed.slice(1), packed[0] !== "n"];
  const length = classes ? 5 : 6;
  const own = { points: [], targets: [], classes };
  if (letters.length % length || ![...letters].every(letter => alphabet.includes(letter))) return own;
  for (let at = 0; at < letters.length; at += length) {
    own.points.push(numberOf(letters, at), numberOf(letters, at + 2));
    own.targets.push(classes ? Math.min(1, alphabet.indexOf(letters[at + 4])) : numberOf(letters, at + 4));
  }
  return own;
}
