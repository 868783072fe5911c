// Holds the open data of a built site against their own descriptions, and these against the published schemas.
// Must not reach any host: the schemas stand in ../schemas/.
//
// usage: node opendata.mjs SITE

import { createHash } from "node:crypto";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import Ajv04 from "ajv-draft-04";
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { tally } from "./tally.mjs";

const [site] = process.argv.slice(2);
if (site === undefined) {
  console.error("usage: node opendata.mjs SITE");
  process.exit(2);
}

const { check, end } = tally("open data");

const read = (path) => readFile(join(site, path), "utf8");
const json = async (path) => JSON.parse(await read(path));
const published = async (name) => JSON.parse(await readFile(new URL(`../schemas/${name}`, import.meta.url), "utf8"));
const old = new Ajv04({ strict: false, formats: { textarea: true } });
addFormats(old);
const isTableSchema = old.compile(await published("table-schema-1.json"));
const isPackage = old.compile(await published("data-package-1.json"));

/** Rows of a CSV file in which every cell stands in quotes and lines end as RFC 4180 asks. */
function rows(text) {
  check("a CSV ends with CR LF", text.endsWith("\r\n"));
  return text.slice(1, -3).split(/"\r\n"/).map((line) => line.split('","').map((cell) => cell.replaceAll('""', '"')));
}

/** Whether a cell is of the type its field names. */
function fits(field, cell) {
  const { required, pattern, enum: words } = field.constraints;
  if (cell === "") return !required;
  const forms = { date: /^\d{4}-\d{2}-\d{2}$/, integer: /^\d+$/, number: /^\d+(\.\d+)?$/, string: /^/ };
  return forms[field.type].test(cell) && (!pattern || new RegExp(pattern).test(cell)) && (!words || words.includes(cell));
}

/** A cell that a spreadsheet would run. */
const isFormula = (cell) => /^[\s\u200b-\u200f\u2060-\u2064\ufeff\u00ad]*[=+\-@＝＋－＠−]/.test(cell);

const records = new Map();
for (const kind of ["chufa", "jiancha"]) {
  const schema = await json(`shuju/${kind}.table-schema.json`);
  check(`${kind}: a Table Schema`, isTableSchema(schema));
  const names = schema.fields.map((f) => f.name);
  const ids = new Set();
  const whole = rows(await read(`shuju/${kind}.plain.csv`));
  check(`${kind}: header`, whole[0].join() === names.join());
  for (const row of whole.slice(1)) {
    check(`${kind}: as many cells as fields`, row.length === names.length);
    row.forEach((cell, at) => check(`${kind}: ${names[at]}`, fits(schema.fields[at], cell)));
    check(`${kind}: no formula`, !row.some(isFormula));
    ids.add(row[0]);
  }
  check(`${kind}: the key is unique`, ids.size === whole.length - 1);
  const marked = await read(`shuju/${kind}.csv`);
  check(`${kind}: the same with a mark`, marked === `\ufeff${await read(`shuju/${kind}.plain.csv`)}`);

  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, strictRequired: false });
  addFormats(ajv);
  const isRecord = ajv.compile(await json(`shuju/${kind}.schema.json`));
  const lines = (await read(`shuju/${kind}.jsonl`)).trimEnd().split("\n").map((line) => JSON.parse(line));
  check(`${kind}: JSON Lines have the rows of CSV`, lines.map((r) => r.id).join() === whole.slice(1).map((r) => r[0]).join());
  for (const record of lines) {
    check(`${kind}: a record by its schema`, isRecord(record));
    records.set(record.id, JSON.stringify(record));
  }
  // The guard itself: a tombstone that tells of the case, and a record with an unknown key, are refused.
  const [first] = lines;
  check(`${kind}: a telling tombstone is refused`, !isRecord({ ...first, status: "taken_down", party: "某公司" }));
  check(`${kind}: an unknown key is refused`, !isRecord({ ...first, telephone: "" }));

  for (const name of (await readdir(join(site, "shuju"))).filter((n) => n.startsWith(`${kind}-`) && n.endsWith(".json"))) {
    const array = await json(`shuju/${name}`);
    const same = (await read(`shuju/${name}l`)).split("\n").filter(Boolean);
    check(`${name}: JSON and JSON Lines agree`, same.join("\n") === array.map((r) => JSON.stringify(r)).join("\n"));
  }
}

// A schema that is named by its path is looked up first, as the norm says.
const folder = await json("shuju/datapackage.json");
for (const resource of folder.resources) {
  if (typeof resource.schema === "string") resource.schema = await json(`shuju/${resource.schema}`);
}
check("a Data Package", isPackage(folder));
check("a broken Data Package is refused", !isPackage({ ...folder, resources: [{ name: "x" }] }));
check("a broken Table Schema is refused", !isTableSchema({ fields: [{ name: "x", type: "nonsense" }] }));
for (const { name, path, bytes, hash } of folder.resources) {
  const body = await readFile(join(site, "shuju", path));
  check(`${name}: size`, body.length === bytes);
  check(`${name}: digest`, hash === `sha256:${createHash("sha256").update(body).digest("hex")}`);
}
const tables = await json("shuju/csv-metadata.json");
check("CSVW names its vocabulary", tables["@context"][0] === "http://www.w3.org/ns/csvw");
for (const { url, tableSchema } of tables.tables) {
  const [header] = rows(await read(`shuju/${url}`));
  check(`${url}: titles of columns`, tableSchema.columns.map((c) => c.titles).join() === header.join());
}

const api = "shuju/api/v1/";
const at = (relative) => new URL(relative, `file:///${api}index.json`).pathname.slice(1);
const index = await json(`${api}index.json`);
let found = 0;
for (const kind of index.cases) {
  for (const year of kind.years) {
    for (const { id, status, record, page } of (await json(at(year.list))).cases) {
      const own = await json(at(record));
      check(`${id}: its file is its line`, JSON.stringify(own) === records.get(id));
      check(`${id}: stands as the list says`, own.status === status);
      check(`${id}: has a page where it stands`, (page !== null) === (status === "published"));
      found += 1;
    }
  }
}
check("the interface has every record", found === records.size && found > 0);
for (const name of Object.values(index.feeds)) {
  check(`${name}: a feed`, (await read(at(name))).includes('xmlns="http://www.w3.org/2005/Atom"'));
}

end();
