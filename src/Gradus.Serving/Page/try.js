// The page to try a model: a form made from what the model takes, what it says, and why.
import { make } from "./parts.js";
import { find } from "./elements.js";
import { showPrediction } from "./answers.js";
import { showReasons } from "./reasons.js";
import { buildRow } from "./rows.js";
import { buildPicture } from "./pictures.js";
import { buildJson, buildText } from "./texts.js";
import { startTheme } from "./theme.js";

const prefix = document.body.dataset.prefix;
let latest = 0;

async function post(path, { body, type }) {
  const reply = await fetch(prefix + path, { method: "POST", headers: { "Content-Type": type }, body });
  const json = await reply.json();
  if (!reply.ok) throw new Error(json.detail ?? reply.statusText);
  return json;
}

const explain = async sample => {
  if (find("why").hidden) return;
  showReasons(await post(`/explain?method=${find("method").value}`, sample));
};

// Answers may come in another order than the questions went: the last question counts.
async function ask(sample) {
  const turn = ++latest;
  try {
    const said = await post("/predict", sample);
    if (turn !== latest) return;
    showPrediction(said);
    if (!sample.plain) await explain(sample);
  } catch (error) {
    if (turn === latest) find("said").replaceChildren(make("p", { className: "error" }, error.message));
  }
}

async function begin() {
  startTheme();
  const model = await (await fetch(`${prefix}/model`)).json();
  find("method").replaceChildren(...model.explanations.map(word => make("option", { value: word }, word.replaceAll("-", " "))));
  find("why").hidden = model.explanations.length === 0;
  const build = { row: buildRow, picture: buildPicture, text: buildText, sentence: buildText }[model.form] ?? buildJson;
  const read = build(find("sample"), model, ask);
  find("sample").onsubmit = event => {
    event.preventDefault();
    ask(read());
  };
  find("method").onchange = () => explain(read()).catch(error => find("reasons").replaceChildren(make("p", { className: "error" }, error.message)));
  if (model.form === "row") ask(read());
}

begin();
