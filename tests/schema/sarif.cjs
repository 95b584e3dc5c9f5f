// node sarif.cjs FOLDER ROOT LEVY_BINARY: what `levy validate --format sarif` says of every case of
// tests/diagnostics, of the shipped schedules and of all of them at once, against the JSON Schema of
// SARIF 2.1.0, which a package that reads SARIF carries in its program (FOLDER/sarif.js). Rules have
// their words; fingerprints tell results apart, and stay when the file grows above them. Closes with
// "N passed, N failed"; status 1 if any failed.
const { spawnSync } = require("child_process");
const fs = require("fs");
const path = require("path");

const [folder, root, levy] = process.argv.slice(2).map((one) => path.resolve(one));
const Ajv = require(path.join(folder, "node_modules/ajv")).default;
const program = fs.readFileSync(path.join(folder, "sarif.js"), "utf8");
const region = program.split("//#region src/json-schema/sarif-schema-2.1.0.json")[1];
const literal = region && /\bsarif_schema_\w+ = (\{[^]*?\n\});/.exec(region);
if (!literal) {
  console.log("the package no longer carries the schema of SARIF");
  process.exit(1);
}
const validate = new Ajv({ strict: false, validateFormats: false })
    .compile(require("vm").runInNewContext(`(${literal[1]})`));
if (validate({ version: "2.1.0" })) {
  console.log("the schema of SARIF takes a log without runs");
  process.exit(1);
}
const isUri = (text) => /^(?:[A-Za-z0-9._~\/-]|%[0-9A-F]{2})+$/.test(text);
let passed = 0, failed = 0;

function check(name, files) {
  const done = spawnSync(levy, ["validate", "--format", "sarif", ...files], { encoding: "utf8" });
  let faults = [];
  const prints = new Set();
  try {
    const log = JSON.parse(done.stdout);
    if (!validate(log)) faults = validate.errors.map((one) => `${one.instancePath} ${one.message}`);
    for (const result of log.runs[0].results) {
      const { uri } = result.locations[0].physicalLocation.artifactLocation;
      if (!isUri(uri)) faults.push(`"${uri}" is no relative reference`);
      if (result.kind === "open") {
        // What could not be decided is no finding: it breaks no rule, and says which question it is.
        if (result.ruleId !== "undecided" || !result.message.text) faults.push("an open result says nothing");
        continue;
      }
      const rule = log.runs[0].tool.driver.rules[result.ruleIndex];
      if (rule.id !== result.ruleId) faults.push(`${result.ruleId} has another rule's index`);
      const texts = [rule.shortDescription, rule.fullDescription, rule.help].map((one) => one?.text);
      if (!texts.every((one) => one?.length > 10) || !rule.help.markdown)
        faults.push(`${rule.id} is not described`);
      const print = `${uri} ${result.partialFingerprints["levyFinding/v1"]}`;
      if (prints.has(print)) faults.push(`${print} stands twice`);
      prints.add(print);
    }
  } catch (fault) {
    faults.push(fault.message);
  }
  count(name, faults);
}

function count(name, faults) {
  if (faults.length === 0) return void ++passed;
  ++failed;
  console.log(`${name}: ${faults.slice(0, 3).join("; ")}`);
}

// A line above, and another figure elsewhere, leave a finding its fingerprint.
function checkFingerprints() {
  const prints = (text) => {
    const done = spawnSync(levy, ["validate", "--format", "sarif", "-"], { encoding: "utf8", input: text });
    return JSON.parse(done.stdout).runs[0].results
        .map((one) => one.partialFingerprints["levyFinding/v1"]).join(" ");
  };
  const text = fs.readFileSync(path.join(root, "examples/validate/tariff.json"), "utf8");
  const before = prints(text), after = prints(text.replace("{", '{\n\n  "source": "new",'));
  const faults = [];
  if (before.split(" ").length < 3) faults.push("too few findings to tell anything");
  if (before !== after) faults.push(`fingerprints moved: ${before} -> ${after}`);
  count("fingerprints", faults);
}

const folders = fs.readdirSync(path.join(root, "tests/diagnostics")).sort()
    .map((code) => path.join(root, "tests/diagnostics", code))
    .filter((one) => fs.readdirSync(one).some((name) => name.endsWith(".json")));
for (const one of folders) check(path.basename(one), [one]);
check("schedules", [path.join(root, "schedules")]);
checkFingerprints();
check("all of them", [path.join(root, "schedules"), ...folders]);
console.log(`SARIF: ${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
