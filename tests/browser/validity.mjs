// Every built page against the rules of HTML: parsed with errors denied, then its elements in their places.
// Must not change a page to make it pass.

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { HtmlValidate } from "html-validate";
import { parse, parseFragment } from "parse5";

const RULES = new HtmlValidate({ root: true, extends: ["html-validate:standard"] });

/** The faults of one page. */
async function faults(text) {
  const found = [];
  const whole = /^\s*<!doctype html>/i.test(text);
  const onParseError = (e) => found.push(`${e.startLine}: ${e.code}`);
  (whole ? parse : parseFragment)(text, { onParseError, sourceCodeLocationInfo: true });
  // What a template holds may stand anywhere: the rules of its elements are those of where it goes.
  const report = await RULES.validateString(text.replace(/<template\b.*?<\/template>/gs, ""));
  for (const { messages } of report.results) {
    found.push(...messages.map((m) => `${m.line}: ${m.ruleId}: ${m.message}`));
  }
  return found;
}

/** The guard itself: what is broken must be told. */
async function refuses() {
  const broken = ["<!doctype html><p><b>a</p>", "<!doctype html><html lang=zh><title>a</title><p><div></div></p>", "<div><p></div></b>"];
  for (const text of broken) {
    if ((await faults(text)).length === 0) throw new Error(`no fault found in ${text}`);
  }
}

/** Faults of all pages below `folder`, and how many pages there are. */
export async function validity(folder) {
  await refuses();
  const all = await readdir(folder, { recursive: true });
  const pages = all.filter((name) => name.endsWith(".html")).sort();
  const found = [];
  for (const name of pages) {
    const told = await faults(await readFile(join(folder, name), "utf8"));
    found.push(...told.slice(0, 3).map((fault) => `${name}:${fault}`));
  }
  return { pages: pages.length, found };
}
