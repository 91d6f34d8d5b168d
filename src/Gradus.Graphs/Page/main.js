startPicture();
startNudge();
startStepper();
startFolding();
open(0);
readAddress();
addEventListener("hashchange", readAddress);

// On paper all of it: the whole run, and every step in words.
addEventListener("beforeprint", () => {
  show(steps.length);
  document.querySelectorAll("details").forEach(details => details.open = true);
});
