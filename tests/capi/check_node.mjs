// node check_node.mjs LEVY_BINARY: examples/node/levy.mjs against `levy batch`: the same rows, one
// by one and all at once; what is no row; the end. Closes with "N passed, N failed".
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { Tariff } from "../../examples/node/levy.mjs";

const program = process.argv[2];
const root = new URL("../../", import.meta.url).pathname;
const okpay = `${root}schedules/okpay.json`;
let passed = 0, failed = 0;
function count(good, message) {
  if (good) return void ++passed;
  ++failed;
  console.log(message);
}

const rows = [];
for (let i = 0; i < 500; ++i) {
  const method = ["bank", "card", "wallet"][i % 3];
  rows.push({ id: `r${i}`, operation: "withdrawal", amount: `${10 + i}.50`, currency: "EUR", method, tier: "verified" });
}
rows.push({ id: "bad", operation: "withdrawal", amount: "much", currency: "EUR", method: "bank", tier: "verified" });
rows.push({ id: "中", operation: "withdrawal", amount: 250, currency: "EUR", method: "bank", tier: "verified" });
const input = rows.map((row) => JSON.stringify(row) + "\n").join("");
const done = spawnSync(program, ["batch", okpay, "--filter", "--input-format", "jsonl",
  "--output-format", "jsonl"], { input, encoding: "utf8" });
const wanted = done.stdout.trim().split("\n");

const tariff = new Tariff(okpay, { program });
const start = performance.now();
for (let i = 0; i < 50; ++i) {
  const row = await tariff.ask(rows[i]);
  count(JSON.stringify(row) === JSON.stringify(JSON.parse(wanted[i])), `${rows[i].id}: ${JSON.stringify(row)}`);
}
console.log(`a round trip takes ${((performance.now() - start) / 50).toFixed(2)} ms`);
const all = await Promise.all(rows.map((row) => tariff.ask(row)));
all.forEach((row, i) =>
  count(JSON.stringify(row) === JSON.stringify(JSON.parse(wanted[i])), `${rows[i].id}: ${JSON.stringify(row)}`));
count(all.at(-2).status === "error" && all.at(-1).fee === "2.50", JSON.stringify(all.slice(-2)));
let thrown;
try {
  await tariff.ask({ operation: "withdrawal", amount: 0.1 + 0.2 });
} catch (fault) {
  thrown = fault;
}
count(thrown instanceof TypeError, "a figure that has lost digits is taken");
await tariff.close();
const refused = await tariff.ask(rows[0]).catch((fault) => fault);
count(refused instanceof Error, "levy answers after its end");

const none = new Tariff(`${root}no-such.json`, { program });
const why = await none.ask(rows[0]).catch((fault) => fault);
count(why instanceof Error && why.message.includes("no-such.json"), `a schedule that is none: ${why}`);
const absent = new Tariff(okpay, { program: `${root}no-such-program` });
count((await absent.ask(rows[0]).catch((fault) => fault)) instanceof Error, "a program that is none");
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
