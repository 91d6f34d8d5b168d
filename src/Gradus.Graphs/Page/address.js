// The address of the page says what is open and which step is shown, and leads back to both.
import { open } from "./groups.js";
import { host } from "./host.js";
import { at, opened, show, timers, views } from "./state.js";
import { addressOf } from "./stepper.js";

// Browsers allow few changes of it in a time.
export function writeAddress() {
  clearTimeout(timers.address);
  const address = addressOf(at);
  if (at || opened || host.hash()) timers.address = setTimeout(() => host.setHash(address), 300);
}

export function readAddress() {
  const [, view, step] = /^#(?:(\d+)\.)?(\d+)$/.exec(host.hash()) ?? [];
  if (Number(view ?? 0) < views.length && Number(view ?? 0) !== opened) open(Number(view ?? 0));
  show(Number(step ?? 0));
}
