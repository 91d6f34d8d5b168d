// The address of the page says what is open and which step is shown, and leads back to both.
import { open } from "./groups.js";
import { at, opened, show, timers, views } from "./state.js";
import { addressOf } from "./stepper.js";

// Browsers allow few changes of it in a time, and none where the page has no address, as within another page.
export function writeAddress() {
  clearTimeout(timers.address);
  if (location.protocol === "about:") return;
  const address = addressOf(at);
  if (at || opened || location.hash) timers.address = setTimeout(() => history.replaceState(null, "", address), 300);
}

export function readAddress() {
  const [, view, step] = /^#(?:(\d+)\.)?(\d+)$/.exec(location.hash) ?? [];
  if (Number(view ?? 0) < views.length && Number(view ?? 0) !== opened) open(Number(view ?? 0));
  show(Number(step ?? 0));
}
