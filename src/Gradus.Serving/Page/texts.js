// A sentence, the beginning of a text, or numbers as JSON.
import { asJson, button, buttons, field, make, submit } from "./parts.js";

export function buildText(form, model, ask) {
  const text = make("textarea", { id: "text", required: true, spellcheck: false });
  const read = () => asJson(model.form === "text" ? { text: text.value } : text.value);
  form.append(field(model.form === "text" ? "The beginning of a text" : "A sentence", text));
  if (model.form === "sentence") {
    form.append(buttons(submit("Predict")));
    return read;
  }

  const length = make("input", { type: "number", min: 1, max: 10000, value: 200 });
  const temperature = make("input", { type: "number", min: 0, max: 10, step: "any", value: 0.8 });
  const write = () => form.reportValidity() && ask({ ...asJson({ text: text.value, length: length.valueAsNumber, temperature: temperature.valueAsNumber }), plain: true });
  form.append(make("div", { className: "pair" }, field("Tokens to write", length), field("Temperature", temperature)),
    buttons(submit("Next token"), button("Write", write)));
  return read;
}

export function buildJson(form, model) {
  const zeros = model.input_shape.reduceRight((inner, size) => Array(size).fill(inner), 0);
  const text = make("textarea", { id: "text", required: true, spellcheck: false, value: JSON.stringify(zeros) });
  form.append(field(`The numbers of a sample [${model.input_shape.join(", ")}] as JSON`, text), buttons(submit("Predict")));
  return () => ({ body: text.value, type: "application/json" });
}
