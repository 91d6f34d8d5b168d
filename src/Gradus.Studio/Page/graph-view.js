// A graph within this page: the same as `gradus graph --html` writes, in a shadow of its own, where its styles and names end.
import { byId } from "./elements.js";
import { language, onLanguage } from "./strings.js";

const words = JSON.parse(byId("words").textContent);

const refreshes = [];

/** What was hidden while another language was chosen is made anew. */
export const refreshViews = () => refreshes.forEach(refresh => refresh());

/**
 * A place for graphs, of which it shows one after the other.
 * @param {HTMLElement} place
 * @param {{ move?: (name: string, value: number) => void, sweep?: (places: object) => Promise<number[]>, stepped?: () => void }} acts What is done when an
 * input is dragged, when values at other places are asked for, and when another step is shown.
 */
export function graphView(place, { move = null, sweep = null, stepped = () => {} } = {}) {
  const root = place.attachShadow({ mode: "open" });
  let [shown, handle, opening, spoken] = [null, null, 0, language];

  const partsOf = ({ data, pictures }) => ({
    layout: data.layout,
    views: structuredClone(data.views),
    pictures: pictures.map(picture => {
      const template = document.createElement("template");
      template.innerHTML = picture;
      return template.content.firstElementChild;
    }),
  });

  function build(step) {
    const mine = ++opening;
    spoken = language;
    root.replaceChildren(byId("graph-template").content.cloneNode(true));
    // The function around the scripts of a graph's page, which stands before those of this one.
    openGraphPage({
      root, words: words[language], ...partsOf(shown), move, sweep, skipsConstants: true, start: "end",
      hash: () => "", setHash: stepped, isShown: () => mine === opening && place.offsetParent !== null,
      opened: opened => { handle = opened; },
    });
    handle.show(step);
  }

  // What is hidden has no size, and is made anew when it is seen.
  const refresh = () => { if (shown && place.offsetParent && spoken !== language) build(handle.place().step); };
  onLanguage(refresh);
  refreshes.push(refresh);

  return {
    /**
     * @param {{ title: string, pictures: string[], data: any }} parts
     * @param {boolean} isSame Whether it is the same graph at other values.
     * @param {number} [step] All of them where it is -1.
     */
    show(parts, isSame, step = -1) {
      shown = parts;
      if (handle && isSame) handle.replace(partsOf(parts), true);
      else if (handle && step === -1) handle.replace(partsOf(parts), false);
      else build(step);
    },
    /** @returns {{ step: number, view: number, steps: number }} */
    place: () => handle?.place() ?? { step: 0, view: 0, steps: 0 },
    /** @param {number} view */
    open: view => handle?.open(view),
    /** @param {string} name @param {number} index */
    choose: (name, index) => handle?.choose(name, index),
  };
}
