// The address says all that a training follows from, so that a link makes the training again, to the bit.
import { longestInLink, unpackOwn } from "./own.js";

/** What each setting is called in an address, with its default, which is left out. */
const settingsInLink = {
  data: ["d", "spirals"], count: ["n", 240], test: ["test", 0.25], noise: ["noise", 0.03], features: ["f", "x1,x2"], layers: ["l", "6,4"],
  activation: ["a", "tanh"], init: ["init", "uniform"], optimizer: ["o", "adam"], rate: ["lr", 0.03], batch: ["b", 0], decay: ["l2", 0], seed: ["s", 1],
  loss: ["loss", ""], penalty: ["reg", "l2"], own: ["own", ""],
};

/** @returns {Record<string, any>} */
export const defaultSettings = () => Object.fromEntries(Object.entries(settingsInLink).map(([name, [, value]]) => [name, value]));

/**
 * The address of a screen.
 * @param {string} screen
 * @param {Record<string, any>} values
 */
export function addressOf(screen, values) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    const [short, usual] = settingsInLink[name] ?? [name, undefined];
    if (name === "own" && !isOwnInLink(values)) continue;
    if (value !== undefined && value !== "" && String(value) !== String(usual)) query.set(short, String(value));
  }
  return `#/${screen}${query.size ? `?${query}` : ""}`;
}

/** Whether an address holds the points of one's own; points of other data need none. @param {Record<string, any>} values */
export const isOwnInLink = ({ data, own }) => data === "own" && String(own).length <= longestInLink;

/** What is set, without where one is: the same text where two trainings are of the same settings. @param {Record<string, any>} values */
export const settingsText = values => addressOf("play", { ...values, r: undefined, t: undefined, edits: undefined });

// The address of each screen, as it was written last.
const written = {};

/** Writes the address of a screen. @param {string} screen @param {Record<string, any>} values */
export function writeAddress(screen, values) {
  written[screen] = addressOf(screen, values);
  history.replaceState(null, "", written[screen]);
}

/** Whether the address is that which a screen has written, so that it shows it already. @param {string} screen */
export const isShownAlready = screen => written[screen] === location.hash;

// Steps that a page makes before it shows itself: a few seconds.
const mostSteps = 20000;

/** The screen of an address, and what it says. @returns {{ screen: string, values: Record<string, any> }} */
export function readAddress() {
  const [, screen = "play", query = ""] = /^#\/(\w+)(?:\?(.*))?$/.exec(location.hash) ?? [];
  const given = new URLSearchParams(query);
  if (screen === "graph") return { screen, values: Object.fromEntries(given) };
  const values = defaultSettings();
  for (const [name, [short, usual]] of Object.entries(settingsInLink)) {
    if (given.has(short)) values[name] = readSetting(given.get(short), usual);
  }
  if (given.has("t")) values.t = Math.min(mostSteps, Math.max(0, Math.trunc(Number(given.get("t"))) || 0));
  for (const name of ["edits", "r"]) if (given.has(name)) values[name] = given.get(name);
  return { screen: screen === "race" ? "race" : "play", values };
}

// What is no number leaves the usual one.
function readSetting(written, usual) {
  if (typeof usual !== "number") return written;
  const number = Number(written);
  return written === "" || Number.isNaN(number) ? usual : number;
}

/** The settings as the engine takes them. @param {Record<string, any>} values */
export const messageOf = values => ({
  ...Object.fromEntries(Object.keys(settingsInLink).map(name => [name, values[name]])), do: "play",
  features: String(values.features).split(","), layers: values.layers === "" ? [] : String(values.layers).split(",").map(Number),
  loss: values.loss || undefined, own: undefined, ...values.data === "own" ? unpackOwn(String(values.own)) : {},
});
