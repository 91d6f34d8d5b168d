// Copying the address of the page, and saying that it is done.
import { make } from "./elements.js";
import { text } from "./strings.js";

const saidFor = 2500;

/**
 * Wires a button that copies the address.
 * @param {HTMLElement} button
 * @param {() => string} begin Brings the address up to date, and gives what is said then.
 */
export function wireCopy(button, begin) {
  button.onclick = async () => {
    const said = begin();
    button.textContent = text(await copyText(location.href) ? said : "play.notCopied");
    setTimeout(() => { button.textContent = text("play.link"); }, saidFor);
  };
}

// A page from a disk may not be given the clipboard; a text that is marked can be copied all the same.
async function copyText(words) {
  try {
    await navigator.clipboard.writeText(words);
    return true;
  } catch {
    const field = make("textarea", { value: words, className: "unseen" });
    document.body.append(field);
    field.select();
    const isCopied = document.execCommand("copy");
    field.remove();
    return isCopied;
  }
}
