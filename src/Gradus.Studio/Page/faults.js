// What the engine could not do, in the language of the page. The engine speaks English; what is not known here is told in its words.
import { language, text } from "./strings.js";

/** What the engine says, with its parts, and the key of the words for it. @type {[RegExp, string][]} */
const known = [
  [/^expected (.+), got (.+)\.$/, "fault.expected"],
  [/^there is no function '(.+)'\. There are: (.+)\.$/, "fault.function"],
  [/^'(.+)' is not a number\.$/, "fault.number"],
  [/^'(.+)' is not a number\. The greatest is (.+)\.$/, "fault.large"],
  [/^'(.+)' is not a number\. A product is written 2 \* x\.$/, "fault.product"],
  [/^'(.+)' is assigned twice; /, "fault.twice"],
  [/^'(.+)' is used as a variable before /, "fault.before"],
  [/^the rows of a matrix must have the same number of elements\.$/, "fault.rows"],
  [/^'(.+)' belongs to no expression\./, "fault.letter"],
  [/^(\w+): got (\d+) values, expected (.+)\.$/, "fault.values"],
  [/^grad: the value does not depend on '(.+)'\.$/, "fault.grad"],
  [/^(.+): division by zero/, "fault.zero"],
  [/^(.+): \w+: (\[.*\]) and (\[.*\]) do not broadcast/, "fault.broadcast"],
  [/^(.+): matmul: \w+(\[.*?\]).* · \w+(\[.*?\]).*: inner sizes (\d+) and (\d+) differ/, "fault.inner"],
  [/^(.+): matmul: .*a scalar has no rows or columns/, "fault.scalar"],
  [/^([\w ]+): got (.+), expected (.+)\.$/, "fault.range"],
];

/** The words of parts that stand within others. */
const parts = {
  "a value": "part.value", "an operator": "part.operator", "an expression": "part.expression", "the end": "part.end", "',' or ')'": "part.comma",
};

/** @param {string} message */
export function told(message) {
  for (const [pattern, key] of known) {
    const found = pattern.exec(message);
    if (found) return text(key, Object.fromEntries(found.slice(1).map((part, place) => ["abcde"[place], parts[part] ? text(parts[part]) : part])));
  }
  return language === "en" ? message : text("fault.other", { message });
}
