// node check.cjs FOLDER ROOT: FOLDER has ajv and schedule.schema.json. Every shipped schedule must
// be valid, and every case of tests/diagnostics must not be, unless unseen.json says why a schema
// cannot see what is wrong with it; what stands there must indeed be valid, so that the list stays
// true. Closes with "N passed, N failed"; status 1 if any failed.
const fs = require("fs");
const path = require("path");

const [folder, root] = process.argv.slice(2).map((one) => path.resolve(one));
const Ajv = require(path.join(folder, "node_modules/ajv/dist/2020.js")).default;
const validate = new Ajv({ strict: false, strictSchema: true }).compile(
    JSON.parse(fs.readFileSync(path.join(folder, "schedule.schema.json"), "utf8")));
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
for (const entry of Object.keys(unseen)) {
  count(used.has(entry), `unseen.json: there is no case ${entry}`);
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
