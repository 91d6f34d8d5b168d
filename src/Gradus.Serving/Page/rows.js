// A row of a table: a field for each column, with what is typical in it.
import { asJson, button, buttons, field, make, submit } from "./parts.js";

function input(column) {
  if (column.categories) {
    return make("select", {}, make("option", { value: "" }, "(missing)"),
      ...column.categories.map(name => make("option", { value: name, selected: name === column.typical }, name)));
  }

  if (column.kind !== "number") return make("input", { type: column.kind === "date" ? "date" : "text" });
  return make("input", { type: "number", step: "any", value: column.typical ?? "" });
}

export function buildRow(form, model, ask) {
  const inputs = model.columns.map(column => input(column));
  const valueOf = (column, { value }) => value === "" ? null : column.kind === "number" && !column.categories ? Number(value) : value;
  const read = () => asJson(Object.fromEntries(model.columns.map((column, index) => [column.name, valueOf(column, inputs[index])])));
  const reset = () => {
    form.reset();
    ask(read());
  };
  form.append(make("div", { id: "columns" }, ...model.columns.map((column, index) => field(column.name, inputs[index]))),
    buttons(submit("Predict"), button("Typical values", reset)));
  form.addEventListener("change", () => ask(read()));
  return read;
}
