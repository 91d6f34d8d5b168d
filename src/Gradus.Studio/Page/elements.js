// Parts of the page.

/** @param {string} id @returns {any} */
export const byId = id => document.getElementById(id);

/**
 * An element of HTML with properties and children.
 * @param {string} tag
 * @param {object} [properties]
 * @param {...(Node|string)} children
 * @returns {any}
 */
export function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

/**
 * An element of SVG with attributes and children.
 * @param {string} tag
 * @param {Record<string, string|number>} [attributes]
 * @param {...Node} children
 * @returns {SVGElement}
 */
export function draw(tag, attributes = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/** The color of a token of the palette, as it is now. @param {string} name */
export const colorOf = name => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

/** A number in at most so many digits. @param {number|null} value @param {number} [digits] */
export const numberText = (value, digits = 6) => value === null || value === undefined ? "–" : String(Number(value.toPrecision(digits))).replace("-", "−");
