// node check.cjs FOLDER ROOT LEVY_BINARY: FOLDER has ajv, schedule.schema.json, rates.schema.json and
// mapping.schema.json. Every shipped schedule must be valid, and every case of tests/diagnostics must not be, unless unseen.json says why a schema
// cannot see what is wrong with it; what stands there must indeed be valid, so that the list stays
// true. Of rates files and mappings, levy and the schema must say the same. Closes with "N passed, N failed"; status 1 if any failed.
const { spawnSync } = require("child_process");
const fs = require("fs");
const path = require("path");

const [folder, root, levy] = process.argv.slice(2).map((one) => path.resolve(one));
const Ajv = require(path.join(folder, "node_modules/ajv/dist/2020.js")).default;
const compile = (name) => new Ajv({ strict: false, strictSchema: true }).compile(
    JSON.parse(fs.readFileSync(path.join(folder, `${name}.schema.json`), "utf8")));
const validate = compile("schedule"), validateRates = compile("rates");
const validateMapping = compile("mapping");
const unseen = JSON.parse(fs.readFileSync(path.join(__dirname, "unseen.json"), "utf8"));
const utf8 = new TextDecoder("utf-8", { fatal: true });
let passed = 0, failed = 0;

function count(good, message) {
  if (good) return void ++passed;
  ++failed;
  console.log(message);
}

// undefined: no JSON.
function read(file) {
  try {
    return JSON.parse(utf8.decode(fs.readFileSync(file)));
  } catch {
    return undefined;
  }
}

function jsonFiles(directory) {
  return fs.readdirSync(directory).filter((name) => name.endsWith(".json")).sort()
      .map((name) => path.join(directory, name));
}

function why() {
  if (!validate.errors) return "";
  const fault = validate.errors[0];
  return `${fault.instancePath || "/"} ${fault.message} (${fault.schemaPath})`;
}

for (const file of jsonFiles(path.join(root, "schedules"))) {
  count(validate(read(file)), `${path.basename(file)}: ${why()}`);
}

const used = new Set();
const diagnostics = path.join(root, "tests/diagnostics");
for (const code of fs.readdirSync(diagnostics).sort()) {
  for (const file of jsonFiles(path.join(diagnostics, code))) {
    const name = `${code}/${path.basename(file, ".json")}`;
    const entry = [code, name].find((key) => key in unseen);
    if (entry) used.add(entry);
    const document = read(file);
    const refused = document === undefined || !validate(document);
    if (entry) {
      count(!refused, `${name}: refused, though unseen.json says: ${unseen[entry]}` +
            (document === undefined ? "" : `; ${why()}`));
    } else {
      count(refused, `${name}: the schema accepts it; refuse it, or say in unseen.json why not`);
    }
  }
}

// Every way to be a rates file, and ways not to be one.
const rates = [
  { levy_rates: 1, base: "EUR", rates: { USD: "1.1523", JPY: 181.04 } },
  { levy_rates: 1, base: "EUR", as_of: "2026-11-20T15:00:00Z", rates: { USD: "1" } },
  { levy_rates: 1, base: "EUR", as_of: "2026-11-20", rates: {} },
  { levy_rates: 1, base: "EUR", rates: { CZK: "1/0.041229", CNY: "100/6.332" } },
  { levy_rates: 1, base: "EUR", history: [{ as_of: "2026-11-19", rates: { USD: "1.1" } },
                                          { as_of: "2026-11-20", rates: { USD: "1.2" } }] },
  { levy_rates: 1, base: "EUR", history: [] },
  { levy_rates: 1, base: "EUR", history: [{ rates: { USD: "1.1" } }] },
  { levy_rates: 1, base: "EUR", history: [{ as_of: "2026-11-19" }] },
  { levy_rates: 1, base: "EUR", history: [{ as_of: "2026-11-19", rates: {}, base: "EUR" }] },
  { levy_rates: 1, base: "EUR", as_of: "2026-11-19", history: [{ as_of: "2026-11-19", rates: {} }] },
  { levy_rates: 1, base: "EUR", rates: {}, history: [{ as_of: "2026-11-19", rates: {} }] },
  { levy_rates: 1, base: "EUR", rates: { USD: "1/0" } },
  { levy_rates: 1, base: "EUR", rates: { USD: "0/1" } },
  { levy_rates: 1, base: "EUR", rates: { USD: "1/-2" } },
  { levy_rates: 1, base: "EUR", rates: { USD: "1/2/3" } },
  { levy_rates: 2, base: "EUR", rates: { USD: "1" } },
  { base: "EUR", rates: { USD: "1" } },
  { levy_rates: 1, rates: { USD: "1" } },
  { levy_rates: 1, base: "EUR" },
  { levy_rates: 1, base: "eur", rates: { USD: "1" } },
  { levy_rates: 1, base: "EUR", rates: { usd: "1" } },
  { levy_rates: 1, base: "EUR", rates: { USD: "0.00" } },
  { levy_rates: 1, base: "EUR", rates: { USD: -1 } },
  { levy_rates: 1, base: "EUR", rates: { USD: "1,1" } },
  { levy_rates: 1, base: "EUR", rates: { USD: null } },
  { levy_rates: 1, base: "EUR", rates: [] },
  { levy_rates: 1, base: "EUR", as_of: "20.11.2026", rates: { USD: "1" } },
  { levy_rates: 1, base: "EUR", rates: { USD: "1" }, date: "2026-11-20" },
];
const tariff = path.join(folder, "rates-tariff.json");
fs.writeFileSync(tariff, '{"levy": 1, "id": "t", "currency": "EUR", "fees": [{"id": "f", "flat": "1"}]}');
for (const document of rates) {
  const file = path.join(folder, "rates.json");
  fs.writeFileSync(file, JSON.stringify(document));
  const done = spawnSync(levy, ["quote", tariff, "pay", "1", "--rates", file], { encoding: "utf8" });
  count(validateRates(document) === (done.status === 0),
        `${JSON.stringify(document)}: levy ends with ${done.status}: ${done.stderr}`);
}
// Every shipped mapping; and ways to be one, and not to be one.
for (const file of jsonFiles(path.join(root, "schedules/mappings"))) {
  count(validateMapping(read(file)), `${path.basename(file)}: ${JSON.stringify(validateMapping.errors)}`);
}
const mapping = { levy_mapping: 1, id: "m" };
const mappings = [
  mapping,
  { ...mapping, title: { en: "M", "zh-CN": "M" }, note: "n", source: "s", $schema: "x" },
  { ...mapping, title: 1 },
  { ...mapping, source: {} },
  { levy_mapping: 2, id: "m" },
  { id: "m" },
  { levy_mapping: 1 },
  { ...mapping, id: "M" },
  { ...mapping, inputs: {} },
  { ...mapping, input: { delimiter: ";", skip_lines: 2, header: true, encoding: "gb18030" } },
  { ...mapping, input: { delimiter: "\t", header: ["a", "amount"] } },
  { ...mapping, input: { delimiter: ";;" } },
  { ...mapping, input: { delimiter: "\"" } },
  { ...mapping, input: { skip_lines: -1 } },
  { ...mapping, input: { skip_lines: "2" } },
  { ...mapping, input: { header: false } },
  { ...mapping, input: { header: [] } },
  { ...mapping, input: { encoding: "ascii" } },
  { ...mapping, input: { separator: ";" } },
  { ...mapping, numbers: { decimal: ",", group: ".", negative: ["minus", "trailing"], minor_units: false } },
  { ...mapping, numbers: { decimal: ".", group: "\u00a0", negative: "parentheses" } },
  { ...mapping, numbers: { decimal: ";" } },
  { ...mapping, numbers: { group: ".." } },
  { ...mapping, numbers: { group: "1" } },
  { ...mapping, numbers: { negative: [] } },
  { ...mapping, numbers: { negative: "behind" } },
  { ...mapping, numbers: { minor_units: 1 } },
  { ...mapping, times: { format: "%d.%m.%Y", timezone: "Europe/Berlin" } },
  { ...mapping, times: { format: "%d.%m.%Y %Z", zones: { EDT: "-04:00", UTC: "Z" } } },
  { ...mapping, times: { format: "%d.%m.%Y %Z", zones: { EDT: "4" } } },
  { ...mapping, times: { timezone: "UTC" } },
  { ...mapping, times: { format: "d.m.Y" } },
  { ...mapping, rows: [{ when: { a: "x", b: ["y", "z"], c: { not: "w" } } }] },
  { ...mapping, rows: [] },
  { ...mapping, rows: [{ when: {} }] },
  { ...mapping, rows: [{}] },
  { ...mapping, rows: [{ when: { a: 1 } }] },
  { ...mapping, rows: [{ when: { a: { is: "x" } } }] },
  { ...mapping, rows: { when: { a: "x" } } },
  { ...mapping, fields: { amount: "amount", id: "" } },
  { ...mapping, fields: { amount: { column: "amount", strip: ["$", "EUR"], sign: "negate" } } },
  { ...mapping, fields: { id: { columns: ["id", "amount"], case: "lower", values: { a: "b", "*": "" } } } },
  { ...mapping, fields: { currency: { value: "EUR" } } },
  { ...mapping, fields: { currency: { value: "EUR", case: "upper" } } },
  { ...mapping, fields: { amount: {} } },
  { ...mapping, fields: { amount: { column: "amount", value: "1" } } },
  { ...mapping, fields: { amount: { column: "amount", columns: ["amount"] } } },
  { ...mapping, fields: { amount: { columns: [] } } },
  { ...mapping, fields: { amount: { column: 1 } } },
  { ...mapping, fields: { amount: { column: "amount", sign: "turn" } } },
  { ...mapping, fields: { amount: { column: "amount", case: "title" } } },
  { ...mapping, fields: { amount: { column: "amount", values: { a: 1 } } } },
  { ...mapping, fields: { amount: 1 } },
  { ...mapping, fields: [] },
];
// Is it the mapping that is refused, and not the table?
for (const document of mappings) {
  const file = path.join(folder, "mapping.json");
  fs.writeFileSync(file, JSON.stringify(document));
  const done = spawnSync(levy, ["batch", tariff, "--mapping", file], { encoding: "utf8", input: "" });
  count(validateMapping(document) === !done.stderr.includes("mapping.json:"),
        `${JSON.stringify(document)}: levy ends with ${done.status}: ${done.stderr}`);
}
for (const entry of Object.keys(unseen)) {
  count(used.has(entry), `unseen.json: there is no case ${entry}`);
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
