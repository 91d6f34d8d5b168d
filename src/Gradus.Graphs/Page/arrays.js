// A tensor is { shape, data }, its elements in order; or { shape, text } where it is too large for the page.
import { shapeText } from "./numbers.js";

export const countOf = shape => shape.reduce((product, size) => product * size, 1);

export function placeOf(index, shape) {
  const place = [];
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    place[axis] = index % shape[axis];
    index = Math.floor(index / shape[axis]);
  }
  return place;
}

export const indexOf = (place, shape) => shape.reduce((index, size, axis) => index * size + place[axis], 0);

// The element that a place of a larger shape reads, a size of 1 being repeated.
export function indexBroadcast(place, shape) {
  const skipped = place.length - shape.length;
  return shape.reduce((index, size, axis) => index * size + (size === 1 ? 0 : place[skipped + axis]), 0);
}

export const elementName = (name, index, shape) => shape.length ? `${name}[${placeOf(index, shape).join(", ")}]` : name;

// A sum in which null is nothing. Of what the page has no numbers, the sum is not known either.
export function plus(one, other) {
  if (!one || !other) return one ?? other;
  if (!one.data || !other.data) return { shape: one.shape, text: `${shapeText(one.shape)}: a sum` };
  return { shape: one.shape, data: one.data.map((number, index) => number + other.data[index]) };
}
