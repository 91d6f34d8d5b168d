startPicture();
startNudge();
startStepper();
startFolding();
open(0);
show(Number(location.hash.slice(1)) || 0);

// On paper all of it: the whole run, and every step in words.
addEventListener("beforeprint", () => {
  show(steps.length);
  document.querySelectorAll("details").forEach(details => details.open = true);
});
