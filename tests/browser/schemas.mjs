// Holds what the program wrote for machines against the published schemas of its forms.
// Must not reach any host: the schemas stand in ../schemas/, our own in ../../data/push/.
//
// usage: node schemas.mjs FOLDER

import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import Ajv from "ajv-draft-04";
import Ajv2020 from "ajv/dist/2020.js";
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
const pushForm = (name) => readFile(new URL(`../../data/push/${name}`, import.meta.url), "utf8");
const ajv2020 = new Ajv2020({ strict: true, allowUnionTypes: true, strictRequired: false, strictTypes: false });
addFormats(ajv2020);
const isMessage = ajv2020.compile(JSON.parse(await pushForm("message-1.schema.json")));
ajv2020.compile(JSON.parse(await pushForm("receipts-1.schema.json")));
const message = { fileName: "message-1.xsd", contents: await pushForm("message-1.xsd") };
const junit = { fileName: "junit-10.xsd", contents: await schema("junit-10.xsd") };

/** Every way in which a text fails the schema of its form. */
async function faults(name, text) {
  if (name.endsWith(".sarif")) {
    return isSarif(JSON.parse(text)) ? [] : isSarif.errors.map((e) => `${e.instancePath} ${e.message}`);
  }
  if (name.endsWith(".push.json")) {
    return isMessage(JSON.parse(text)) ? [] : isMessage.errors.map((e) => `${e.instancePath} ${e.message}`);
  }
  const form = name.endsWith(".push.xml") ? message : junit;
  const { errors } = await validateXML({ xml: { fileName: name, contents: text }, schema: [form] });
  return errors.map((e) => e.rawMessage);
}

/** The guard itself: a form that lacks what its schema asks must be refused. */
async function refuses(name, text) {
  if ((await faults(name, text)).length === 0) throw new Error(`the schema accepts a broken ${name}`);
}
await refuses("broken.sarif", '{"version": "2.1.0", "runs": [{}]}');
await refuses("broken.junit.xml", "<testsuites><testcase/></testsuites>");
await refuses("broken.push.json", '{"version": 1}');
await refuses("broken.push.xml", '<message xmlns="urn:gongshi:push:1" version="1"/>');

const endings = [".sarif", ".junit.xml", ".push.json", ".push.xml"];
const names = (await readdir(folder)).filter((n) => endings.some((ending) => n.endsWith(ending))).sort();
let failed = 0;
for (const name of names) {
  for (const fault of await faults(name, await readFile(join(folder, name), "utf8"))) {
    console.error(`FAILED ${name}: ${fault}`);
    failed += 1;
  }
}
const forms = new Set(names.map((n) => n.slice(n.indexOf("."))));
console.log(`${names.length} files against their schemas, ${failed} faults`);
process.exitCode = failed === 0 && forms.size >= 2 ? 0 : 1;
