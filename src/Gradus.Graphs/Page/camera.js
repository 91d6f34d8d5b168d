// Which part of the picture is seen, and how large: moved by dragging, wheel, fingers and buttons, with a map where there is more of it.
import { draw, find } from "./elements.js";
import { host } from "./host.js";
import { camera } from "./state.js";

const place = find("picture");
const edge = 10, largest = 4, smallest = 0.03, readable = 0.62, mapWidth = 150;

const size = () => ({ width: place.clientWidth, height: place.clientHeight });
const isStill = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

// The scale at which all of it is seen, in a place of the height that the window leaves.
const highest = () => Math.max(160, Math.min(innerHeight * 0.62, 900));
const fitting = () => Math.min(place.clientWidth / camera.content.width, highest() / camera.content.height);

// The picture of a view: all of it where its words can then be read, else its beginning.
export function loadCamera() {
  const box = place.querySelector("svg").getBBox();
  camera.content = { x: box.x - edge, y: box.y - edge, width: box.width + 2 * edge, height: box.height + 2 * edge };
  const fit = Math.min(1.5, fitting());
  setHeight(fit >= readable ? fit : Math.min(1, Math.max(readable, place.clientWidth / 1100)));
  drawMap();
}

export function showAll() {
  setHeight(Math.min(1.5, fitting()));
}

function setHeight(scale) {
  camera.glides++;
  const { x, y, width, height } = camera.content;
  // With the line around it, and with room for the map where there is one.
  const isMapped = width * scale > place.clientWidth + 1;
  place.style.height = `${2 + Math.ceil(Math.min(highest(), Math.max(120, height * scale + (isMapped ? 34 : 0))))}px`;
  const seen = size();
  // From its beginning where there is more than fits: the first node, at the left.
  const first = find("n0")?.getBBox() ?? camera.content;
  const [left, top] = [isMapped ? x : x + width / 2 - seen.width / scale / 2, (isMapped ? first.y + first.height / 2 : y + height / 2) - seen.height / scale / 2];
  const lowest = y + height - seen.height / scale;
  moveCamera(scale, left, lowest < y ? isMapped ? y : (y + lowest) / 2 : Math.min(Math.max(top, y), lowest));
}

// Wherever it is moved, a part of it stays in sight.
function moveCamera(scale, x, y) {
  const { content } = camera;
  const seen = size();
  const within = (from, start, length, visible) => Math.min(Math.max(from, start - visible * 2 / 3), start + length - visible / 3);
  camera.scale = scale;
  camera.x = within(x, content.x, content.width, seen.width / scale);
  camera.y = within(y, content.y, content.height, seen.height / scale);
  applyCamera();
}

function applyCamera() {
  const svg = place.querySelector("svg");
  const { width, height } = size();
  svg.setAttribute("width", width);
  svg.setAttribute("height", height);
  svg.setAttribute("viewBox", [camera.x, camera.y, width / camera.scale, height / camera.scale].join(" "));
  const seen = find("seen");
  if (!seen) return;
  const frame = { x: camera.x, y: camera.y, width: width / camera.scale, height: height / camera.scale };
  for (const [key, value] of Object.entries(frame)) seen.setAttribute(key, value);
  const { content } = camera;
  find("map").toggleAttribute("hidden", width >= content.width * camera.scale - 2 && height >= content.height * camera.scale - 2);
}

// What is under the pointer stays there.
function zoomAt(clientX, clientY, factor) {
  const { left, top } = place.getBoundingClientRect();
  const scale = Math.min(largest, Math.max(Math.min(smallest, fitting()), camera.scale * factor));
  const [px, py] = [clientX - left - place.clientLeft, clientY - top - place.clientTop];
  const [x, y] = [camera.x + px / camera.scale, camera.y + py / camera.scale];
  // What becomes higher is given room, as far as the window has it.
  place.style.height = `${Math.max(place.offsetHeight, 2 + Math.ceil(Math.min(highest(), camera.content.height * scale)))}px`;
  moveCamera(scale, x - px / scale, y - py / scale);
}

function zoomMiddle(factor) {
  const { left, top, width, height } = place.getBoundingClientRect();
  zoomAt(left + width / 2, top + height / 2, factor);
}

const pan = (dx, dy) => moveCamera(camera.scale, camera.x - dx / camera.scale, camera.y - dy / camera.scale);

// Into the middle of the picture if it is not in sight, without moving the page.
export function reveal(shape) {
  if (!shape) return;
  const [inner, outer] = [shape.getBoundingClientRect(), place.getBoundingClientRect()];
  const distance = (from, to, low, high) => from < low || to > high ? (low + high) / 2 - (from + to) / 2 : 0;
  const [dx, dy] = [distance(inner.left, inner.right, outer.left, outer.right), distance(inner.top, inner.bottom, outer.top, outer.bottom)];
  if (dx || dy) glide(dx, dy, ++camera.glides);
}

// It ends where another begins, or another part of the picture is asked for.
function glide(dx, dy, mine, frames = isStill() ? 1 : 12) {
  if (mine !== camera.glides) return;
  pan(dx / frames, dy / frames);
  if (frames > 1) requestAnimationFrame(() => glide(dx - dx / frames, dy - dy / frames, mine, frames - 1));
}

// A small picture of all, with a frame around what is seen.
function drawMap() {
  const [map, { content }] = [find("map"), camera];
  map.replaceChildren();
  map.setAttribute("viewBox", [content.x, content.y, content.width, content.height].join(" "));
  map.style.width = `${mapWidth}px`;
  map.style.height = `${Math.min(110, Math.max(24, mapWidth * content.height / content.width))}px`;
  map.setAttribute("preserveAspectRatio", "none");
  for (const head of place.querySelectorAll(".node .head")) {
    const { x, y, width, height } = head.getBBox();
    draw(map, "rect", "dot", { x, y, width, height });
  }
  draw(map, "rect", "seen", { id: "seen" });
  applyCamera();
}

function moveByMap(event) {
  const { left, top, width, height } = find("map").getBoundingClientRect();
  const [{ content, scale }, seen] = [camera, size()];
  moveCamera(scale, content.x + (event.clientX - left) / width * content.width - seen.width / scale / 2,
    content.y + (event.clientY - top) / height * content.height - seen.height / scale / 2);
}

// One pointer drags, two zoom; what is under the middle between them stays there.
function movePointer(event) {
  const { pointers } = camera;
  const before = pointers.get(event.pointerId);
  if (!before) return;
  const others = [...pointers].filter(([id]) => id !== event.pointerId).map(([, point]) => point);
  const now = { x: event.clientX, y: event.clientY };
  // A click is not steady to the pixel.
  if (!others.length && !place.hasPointerCapture(event.pointerId) && Math.hypot(now.x - before.x, now.y - before.y) < 4) return;
  if (others.length) {
    const distance = point => Math.max(1, Math.hypot(point.x - others[0].x, point.y - others[0].y));
    pan((now.x - before.x) / 2, (now.y - before.y) / 2);
    zoomAt((now.x + others[0].x) / 2, (now.y + others[0].y) / 2, distance(now) / distance(before));
  } else {
    pan(now.x - before.x, now.y - before.y);
  }
  pointers.set(event.pointerId, now);
  place.setPointerCapture(event.pointerId);
}

export function startCamera() {
  find("smaller").onclick = () => zoomMiddle(1 / 1.25);
  find("larger").onclick = () => zoomMiddle(1.25);
  find("fit").onclick = showAll;
  // A wheel that scrolls the page goes on to do so when the picture comes beneath the pointer.
  addEventListener("scroll", () => camera.scrolled = performance.now(), { passive: true });
  place.addEventListener("wheel", event => {
    if (!event.ctrlKey && performance.now() - camera.scrolled < 300) return;
    event.preventDefault();
    if (event.shiftKey) pan(-event.deltaY, 0);
    else if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) pan(-event.deltaX, 0);
    else zoomAt(event.clientX, event.clientY, 2 ** (-event.deltaY * (event.deltaMode ? 20 : 1) / 400));
  }, { passive: false });
  place.onpointerdown = event => {
    // What a node makes of a pointer is its own; a second finger zooms wherever it is.
    if (event.button !== 0 || event.defaultPrevented && !camera.pointers.size) return;
    camera.pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  };
  place.onpointermove = movePointer;
  place.onpointerup = place.onpointercancel = event => camera.pointers.delete(event.pointerId);
  find("map").onpointerdown = find("map").onpointermove = event => { if (event.buttons) moveByMap(event); };
  new ResizeObserver(() => { if (place.clientWidth && host.isShown()) moveCamera(camera.scale, camera.x, camera.y); }).observe(place);
}
