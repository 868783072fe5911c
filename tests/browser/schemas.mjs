// Holds what the program wrote for machines against the published schemas of the two forms.
// Must not reach any host: the schemas stand in ../schemas/.
//
// usage: node schemas.mjs FOLDER

import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import Ajv from "ajv-draft-04";
import addFormats from "ajv-formats";
import { validateXML } from "xmllint-wasm";

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error("usage: node schemas.mjs FOLDER");
  process.exit(2);
}
const schema = (name) => readFile(new URL(`../schemas/${name}`, import.meta.url), "utf8");

const ajv = new Ajv({ strict: false });
addFormats(ajv);
const isSarif = ajv.compile(JSON.parse(await schema("sarif-schema-2.1.0.json")));
const junit = { fileName: "junit-10.xsd", contents: await schema("junit-10.xsd") };

/** Every way in which a text fails the schema of its form. */
async function faults(name, text) {
  if (name.endsWith(".sarif")) {
    return isSarif(JSON.parse(text)) ? [] : isSarif.errors.map((e) => `${e.instancePath} ${e.message}`);
  }
  const { errors } = await validateXML({ xml: { fileName: name, contents: text }, schema: [junit] });
  return errors.map((e) => e.rawMessage);
}

/** The guard itself: a form that lacks what its schema asks must be refused. */
async function refuses(name, text) {
  if ((await faults(name, text)).length === 0) throw new Error(`the schema accepts a broken ${name}`);
}
await refuses("broken.sarif", '{"version": "2.1.0", "runs": [{}]}');
await refuses("broken.junit.xml", "<testsuites><testcase/></testsuites>");

const names = (await readdir(folder)).filter((n) => n.endsWith(".sarif") || n.endsWith(".junit.xml")).sort();
let failed = 0;
for (const name of names) {
  for (const fault of await faults(name, await readFile(join(folder, name), "utf8"))) {
    console.error(`FAILED ${name}: ${fault}`);
    failed += 1;
  }
}
const forms = new Set(names.map((n) => n.slice(n.indexOf("."))));
console.log(`${names.length} files against their schemas, ${failed} faults`);
process.exitCode = failed === 0 && forms.size === 2 ? 0 : 1;
