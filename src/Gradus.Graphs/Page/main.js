// The page of one graph: its address leads back to what is open, and paper shows all of it.
import { readAddress } from "./address.js";
import { showAll } from "./camera.js";
import { start } from "./page.js";
import { show, steps } from "./state.js";

start();
readAddress();
addEventListener("hashchange", readAddress);

// On paper all of it: the whole run, and every step in words.
addEventListener("beforeprint", () => {
  show(steps.length);
  showAll();
  document.querySelectorAll("details").forEach(details => details.open = true);
});
