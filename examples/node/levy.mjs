// levy for Node: exact payment charges through one long-lived `levy batch --filter`.
//
//   import { Tariff } from "./levy.mjs";
//   const tariff = new Tariff("schedules/okpay.json");
//   const row = await tariff.ask({ operation: "withdrawal", amount: "250 EUR", method: "bank",
//                                 tier: "verified" });
//   row.status        "ok"
//   row.fee           "2.50"
//   await tariff.close();
//
// An operation is an object with the fields of levy-batch(1); the answer is the same object with
// status, fee, debit, credit and reason. A row that cannot be answered has the status "error" and
// its code in `reason`; nothing is thrown for it. Figures are text, exact; numbers are taken where
// they are whole, and refused where they are not, as they have lost digits already.
//
// Operations may be asked without waiting for the answers before them; they are answered in order.
// The program is `levy` on the PATH, or `program`; `options` are further options of levy-batch(1),
// such as ["--rates", "rates.json"].
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

function checked(key, value) {
  if (typeof value === "number" && !Number.isSafeInteger(value)) {
    throw new TypeError(`${key}: ${value} is not a whole number: give it as text`);
  }
  return value;
}

export class Tariff {
  #child;
  #waiting = []; // {resolve, reject}, in the order of the questions
  #failure = null;
  #ended;

  constructor(schedule, { program = "levy", options = [] } = {}) {
    const words = ["batch", schedule, "--filter", "--input-format", "jsonl",
                   "--output-format", "jsonl", ...options];
    this.#child = spawn(program, words, { stdio: ["pipe", "pipe", "pipe"] });
    let said = "";
    this.#child.stderr.setEncoding("utf8").on("data", (text) => (said += text));
    this.#child.stdin.on("error", () => {}); // its end is told below
    createInterface({ input: this.#child.stdout }).on("line", (line) => {
      this.#waiting.shift()?.resolve(JSON.parse(line));
    });
    this.#ended = new Promise((resolve) => {
      const end = (fault) => {
        this.#failure = fault;
        for (const one of this.#waiting.splice(0)) one.reject(fault);
        resolve();
      };
      this.#child.on("error", (fault) => end(fault)); // there is no such program
      this.#child.on("close", (status) =>
        end(new Error(said.trim() || `levy has ended with status ${status}`)));
    });
  }

  /** What an operation costs: a promise of its row. Rejected only where levy itself has ended. */
  ask(operation) {
    if (this.#failure) return Promise.reject(this.#failure);
    const line = JSON.stringify(operation, checked);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#child.stdin.write(line + "\n");
    });
  }

  /** Ends levy once everything asked so far is answered. */
  async close() {
    this.#child.stdin.end();
    await this.#ended;
  }
}
