// Where the graph stands: a document of its own. Another page hands over what stands here, in place of this module.
const given = JSON.parse(document.getElementById("data").textContent);

export const host = {
  words: JSON.parse(document.getElementById("words").textContent),
  layout: given.layout,
  views: given.views,
  pictures: [document.querySelector(".picture svg"), ...[...document.querySelectorAll("template")].map(template => template.content.firstElementChild)],
  hash: () => location.hash,
  // Browsers allow few changes of it in a time, and none where the page has no address, as within another page.
  setHash: hash => { if (location.protocol !== "about:") history.replaceState(null, "", hash); },
  isShown: () => true,
  // Another page that has the engine is told what is moved, and asked for values at other places; this one computes by itself.
  move: null,
};
