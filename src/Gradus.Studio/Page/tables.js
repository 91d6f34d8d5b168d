// Tables: points from a file or a text that is chosen, dropped or pasted.
import { byId, make, numberText } from "./elements.js";
import { ask } from "./engine.js";
import { longestInLink, packOwn } from "./own.js";
import { onLanguage, text } from "./strings.js";

let tableText = "";
let table = null;
let tableFault = null;
let taken = _own => {};

/** Wires the ways in which a table comes. @param {(own: string) => void} act Is given its points. */
export function wireTables(act) {
  taken = act;
  // The words of a field for files are the browser's, in its own language.
  byId("table-choose").onclick = () => byId("table-file").click();
  byId("table-file").onchange = () => { const [file] = byId("table-file").files; if (file) readFile(file); };
  byId("table-read").onclick = () => readTable(byId("table-text").value);
  const screen = byId("screen-play");
  screen.addEventListener("dragover", event => { if (event.dataTransfer.types.includes("Files")) event.preventDefault(); });
  screen.addEventListener("drop", event => {
    const [file] = event.dataTransfer.files;
    if (!file) return;
    event.preventDefault();
    readFile(file);
  });
  onLanguage(drawTable);
}

// It is shown where others are pasted, to be mended there.
async function readFile(file) {
  byId("table-text").value = await file.text();
  return readTable(byId("table-text").value);
}

/** Reads a table, and says what is wrong with it. @param {string} content @param {object} [columns] */
export async function readTable(content, columns = {}) {
  tableText = content;
  const answer = await ask({ do: "table", text: content, ...columns });
  // Where another column does not fit, the fields stay in which one chooses.
  [table, tableFault] = answer.error ? [columns.inputs ? table : null, answer] : [answer, null];
  if (!tableFault) {
    taken(packOwn({ points: answer.points, targets: answer.targets, classes: answer.classification }));
  }
  drawTable();
}

/** Forgets the table, where other points are taken. */
export function forgetTable() {
  [table, tableFault] = [null, null];
  drawTable();
}

function drawTable() {
  byId("table-fault").hidden = !tableFault;
  // What has no words of its own is told as the engine tells it.
  byId("table-fault").textContent = !tableFault ? "" : tableFault.fault ? text(`table.${tableFault.fault}`, tableFault) : text("table.unread", tableFault);
  byId("table-columns").replaceChildren(...table ? columnFields() : []);
  byId("table-told").replaceChildren(...table ? tableTells().map(textContent => make("p", { className: "hint", textContent })) : []);
}

function columnFields() {
  const [first, second] = table.inputs;
  const places = [["x₁", first], ["x₂", second], [text("table.target"), table.target]];
  return places.map(([name, column], which) => make("label", {}, make("span", { textContent: name }),
    make("select", { id: `table-column-${which}`, onchange: event => {
      const now = [...table.inputs, table.target].with(which, Number(event.target.value));
      readTable(tableText, { inputs: now.slice(0, 2), target: now[2] });
    } }, ...table.columns.map((label, value) => make("option", { value, textContent: label, selected: value === column })))));
}

function tableTells() {
  const [least1, greatest1, least2, greatest2, least, greatest] = table.ranges;
  const scaled = (name, from, to) => text("table.scaled", { name, from: numberText(from, 4), to: numberText(to, 4) });
  const packed = packOwn({ points: table.points, targets: table.targets, classes: table.classification });
  return [
    text("table.rows", { count: table.targets.length }),
    scaled("x₁", least1, greatest1), scaled("x₂", least2, greatest2),
    table.classification ? text("table.classNames", { low: table.classes[0], high: table.classes[1] }) : scaled(text("table.target"), least, greatest),
    ...table.columns.length > 3 ? [text("table.more")] : [],
    ...packed.length > longestInLink ? [text("table.tooLong")] : [],
  ];
}
