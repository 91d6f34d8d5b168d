// The engine: a message of JSON goes in, an answer comes out, in the order in which they were sent.
import { byId } from "./elements.js";

/** @typedef {Record<string, any>} Answer */

const waiting = new Map();
let count = 0;
let worker = null;

/**
 * Starts the engine.
 * @returns {Promise<void>} Kept when it can be asked.
 */
export function startEngine() {
  const address = URL.createObjectURL(new Blob([byId("worker").textContent], { type: "text/javascript" }));
  worker = new Worker(address);
  const files = JSON.parse(byId("files").textContent);
  byId("files").remove();
  return new Promise((resolve, reject) => {
    worker.onerror = event => reject(new Error(event.message || "The worker does not start."));
    worker.onmessage = ({ data }) => {
      if (data.isReady) resolve();
      else if (data.number === undefined) reject(new Error(data.fault));
      else settle(data);
    };
    worker.postMessage({ files });
  });
}

function settle({ number, answer, fault }) {
  const { resolve, reject } = waiting.get(number);
  waiting.delete(number);
  if (fault) reject(new Error(fault));
  else resolve(answer);
}

/**
 * Asks the engine, and gives the text of its answer.
 * @param {object} message
 * @returns {Promise<string>}
 */
export function askText(message) {
  const number = count++;
  return new Promise((resolve, reject) => {
    waiting.set(number, { resolve, reject });
    worker.postMessage({ number, message: JSON.stringify(message) });
  });
}

/**
 * Asks the engine.
 * @param {object} message
 * @returns {Promise<Answer>}
 */
export const ask = async message => JSON.parse(await askText(message));

/**
 * Asks the engine for what it can do: an answer that tells an error is thrown.
 * @param {object} message
 * @returns {Promise<Answer>}
 */
export async function take(message) {
  const answer = await ask(message);
  if (answer.error) throw new Error(answer.error);
  return answer;
}
