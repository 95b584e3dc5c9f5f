// node editor.cjs FOLDER ROOT: what VS Code shows of schedules that name the schema, by its own
// engine (vscode-json-languageservice in FOLDER). Nothing in a shipped schedule is underlined; each
// case of tests/diagnostics is, unless unseen.json says that a schema cannot see its fault; every
// key of the format has words when the pointer rests on it, and is offered with them where it may be
// written. Closes with "N passed, N failed"; status 1 if any failed.
const fs = require("fs");
const path = require("path");

const [folder, root] = process.argv.slice(2).map((one) => path.resolve(one));
const engine = path.join(folder, "node_modules/vscode-json-languageservice");
const { getLanguageService, TextDocument } = require(engine);
const unseen = JSON.parse(fs.readFileSync(path.join(__dirname, "unseen.json"), "utf8"));
const schemas = ["schedule", "rates"].map((name) => ({
  uri: `levy://${name}`,
  fileMatch: [`*.${name}.json`],
  schema: JSON.parse(fs.readFileSync(path.join(folder, `${name}.schema.json`), "utf8")),
}));
// A schedule that names its schema gets it from there; nothing else is fetched.
const service = getLanguageService({
  schemaRequestService: (uri) => uri.endsWith("/levy.schema.json")
    ? fs.promises.readFile(path.join(folder, "schedule.schema.json"), "utf8")
    : Promise.reject(new Error(`nothing is fetched: ${uri}`)),
});
service.configure({ schemas });
let passed = 0, failed = 0;

function count(good, message) {
  if (good) return void ++passed;
  ++failed;
  console.log(message);
}

function open(text, kind) {
  const document = TextDocument.create(`file:///one.${kind}.json`, "json", 1, text);
  return { document, json: service.parseJSONDocument(document) };
}

// What is underlined, in words.
async function underlined(text, kind = "schedule") {
  const { document, json } = open(text, kind);
  const faults = await service.doValidation(document, json, { schemaValidation: "error" });
  return faults.map((one) => `line ${one.range.start.line + 1}: ${one.message}`);
}

function jsonFiles(directory) {
  return fs.readdirSync(directory).filter((name) => name.endsWith(".json")).sort()
      .map((name) => path.join(directory, name));
}

async function checkGood(files, kind) {
  for (const file of files) {
    const faults = await underlined(fs.readFileSync(file, "utf8"), kind);
    count(faults.length === 0, `${path.relative(root, file)}: underlined: ${faults[0]}`);
  }
}

async function checkBad() {
  const diagnostics = path.join(root, "tests/diagnostics");
  for (const code of fs.readdirSync(diagnostics).sort()) {
    for (const file of jsonFiles(path.join(diagnostics, code))) {
      const name = `${code}/${path.basename(file, ".json")}`;
      // Bytes are the editor's own affair, and nothing in nothing can be underlined.
      if (code in unseen || name in unseen || code === "bad_utf8" || name === "not_json/empty") continue;
      const faults = await underlined(fs.readFileSync(file, "utf8"));
      count(faults.length > 0, `${name}: nothing is underlined`);
    }
  }
}

// Names that the author chooses have no words of their own, nor has what stands in an answer.
const named = ["when", "title", "note", "currencies", "attributes", "quantities", "sets", "evidence",
               "quote", "check", "expect", "batch", "lines", "rates", "min", "max"];

function* keysOf(node, under = "") {
  for (const child of node.children ?? []) {
    if (node.type === "object") {
      const key = child.keyNode.value;
      if (!named.includes(under)) yield child.keyNode;
      if (child.valueNode) yield* keysOf(child.valueNode, key);
    } else {
      yield* keysOf(child, under === "batch" ? under : "");
    }
  }
}

async function checkHover(file, kind) {
  const { document, json } = open(fs.readFileSync(file, "utf8"), kind);
  for (const key of keysOf(json.root)) {
    const position = document.positionAt(key.offset + 1);
    const hover = await service.doHover(document, position, json);
    const words = hover ? [hover.contents].flat().join("") : "";
    count(words.length > 10, `${path.relative(root, file)}:${position.line + 1}: no words on ${
      key.value}`);
  }
}

// The keys offered at the mark |, each with its words.
async function checkOffers(marked, wanted) {
  const { document, json } = open(marked.replace("|", ""), "schedule");
  const list = await service.doComplete(document, document.positionAt(marked.indexOf("|")), json);
  const offers = new Map(list.items.map((one) => [one.label.replace(/"/g, ""), one]));
  for (const key of wanted) {
    const offer = offers.get(key);
    const words = offer && (offer.documentation?.value ?? offer.documentation ?? "");
    count(words, `${marked}: ${key} is ${offer ? "offered without words" : "not offered"}`);
  }
}

async function main() {
  const whole = path.join(root, "tests/data/schedule/whole.json");
  await checkGood([...jsonFiles(path.join(root, "schedules")), whole], "schedule");
  await checkGood([path.join(root, "examples/rates.json")], "rates");
  count((await underlined('{"levy_rates": 1, "base": "EUR", "rates": {"USD": "-1"}}', "rates")).length,
        "rates: a negative rate is not underlined");
  await checkBad();
  await checkHover(whole, "schedule");
  await checkHover(path.join(root, "examples/rates.json"), "rates");
  await checkOffers('{|}', ["levy", "id", "version", "title", "currency", "effective", "rounding",
    "attributes", "quantities", "sets", "fees", "evidence", "tiers", "limits", "examples"]);
  await checkOffers('{"levy": 1, "id": "a", "fees": [{|}]}', ["id", "title", "operation", "when",
    "collect", "round", "percent", "bps", "flat", "units", "each", "per", "graduated", "slab", "by",
    "greatest", "least", "min", "max", "free", "cap", "of", "convert", "margin", "waived", "cases"]);
  await checkOffers('{"levy": 1, "id": "a", "limits": [{|}]}', ["id", "title", "operation", "when",
    "measure", "window", "currency", "min", "max"]);
  console.log(`VS Code: ${passed} passed, ${failed} failed`);
  process.exit(failed === 0 ? 0 : 1);
}

main();
