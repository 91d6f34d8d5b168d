// Why: what raised the answer and what lowered it, by column, by point of a picture, or by word.
import { find } from "./elements.js";
import { bar, make, short } from "./parts.js";

const greatest = values => Math.max(...values.map(Math.abs)) || 1;
const color = value => getComputedStyle(document.documentElement).getPropertyValue(value > 0 ? "--backward" : "--forward").trim();

function columns(shares) {
  const sorted = Object.entries(shares).sort(([, one], [, other]) => Math.abs(other) - Math.abs(one));
  const most = greatest(Object.values(shares));
  return make("dl", { className: "bars" }, ...sorted.flatMap(([name, share]) => bar(name, share / most, short(share, 3), true)));
}

// A canvas of points, each painted by a function of row and column.
function canvas(rows, paint, title) {
  const picture = make("canvas", { width: rows[0].length, height: rows.length });
  picture.setAttribute("role", "img");
  picture.setAttribute("aria-label", title);
  const brush = picture.getContext("2d");
  rows.forEach((row, y) => row.forEach((_, x) => {
    brush.fillStyle = paint(y, x);
    brush.fillRect(x, y, 1, 1);
  }));
  return make("figure", {}, picture, make("figcaption", {}, title));
}

// Channels become one: their sum.
const flat = channels => channels[0].map((row, y) => row.map((_, x) => channels.reduce((sum, channel) => sum + channel[y][x], 0)));

function heat({ picture }, values) {
  const map = flat(values.length && Array.isArray(values[0][0]) ? values : [values]);
  const most = greatest(map.flat());
  const channel = (index, y, x) => Math.round(255 * picture[Math.min(index, picture.length - 1)][y][x]);
  const ink = (y, x) => `rgb(${channel(0, y, x)} ${channel(1, y, x)} ${channel(2, y, x)})`;
  const mixed = (y, x) => `color-mix(in srgb, ${color(map[y][x])} ${Math.round(100 * Math.abs(map[y][x]) / most)}%, color-mix(in srgb, ${ink(y, x)} 25%, transparent))`;
  return make("div", { className: "heat" }, canvas(picture[0], ink, "what the network sees"), canvas(map, mixed, "what raises and what lowers it"));
}

function words({ words: all }, values) {
  const most = greatest(values);
  return make("p", { className: "words" }, ...all.flatMap((word, index) => {
    const shown = make("span", { title: short(values[index], 3) }, word);
    shown.style.background = `color-mix(in srgb, ${color(values[index])} ${Math.round(60 * Math.abs(values[index]) / most)}%, transparent)`;
    return [shown, " "];
  }));
}

export function showReasons(said) {
  const [method, values] = Object.entries(said.attributions)[0];
  const drawn = said.columns ? columns(said.columns[method]) : said.picture ? heat(said, values) : said.words ? words(said, values)
    : make("p", { className: "hint" }, "POST explain has the attribution of each number.");
  find("reasons").replaceChildren(
    make("p", { className: "hint" }, `Orange raises ${said.explained}, blue lowers it.`), drawn);
}
