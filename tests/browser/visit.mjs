// Opens the pages of a built site in Chromium, wide and narrow, and says what a visitor would stumble on.
// Pictures and printed pages go to the gallery. Must not reach any other host.
//
// usage: node visit.mjs SITE GALLERY

import { createRequire } from "node:module";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { crawl } from "./crawl.mjs";
import { serve } from "./serve.mjs";

/** What must be there: the first address that matches stands for its kind. */
const PAGES = [
  ["home", /^$/],
  ["penalties", /^shihou\/chufa\/$/],
  ["penalties-of-a-year", /^shihou\/chufa\/\d{4}\/$/],
  ["penalty", /^shihou\/chufa\/\d{4}\/[a-z0-9]{8}\/$/],
  ["inspections-of-a-year", /^shihou\/jiancha\/\d{4}\/$/],
  ["inspection", /^shihou\/jiancha\/\d{4}\/[a-z0-9]{8}\/$/],
  ["register-of-takedowns", /^chexia\/$/],
  ["notice", /^chexia\/[a-z0-9]{8}\/$/],
  ["corrections", /^gengzheng\/$/],
  ["public-log", /^rizhi\/$/],
  ["statistics", /^tongji\/\d{4}\/$/],
  ["staff", /^renyuan\/$/],
  ["placards", /^renyuan\/gongshipai\/$/],
  ["placards-wall-cards", /^renyuan\/gongshipai\/ka\/$/],
  ["placards-desk", /^renyuan\/gongshipai\/zhuopai\/$/],
  ["flows", /^liucheng\/$/],
  ["flow", /^liucheng\/[a-z0-9-]+\/$/],
  ["before-enforcement", /^shiqian\/[a-z0-9-]+\/$/],
  ["about", /^guanyu\/$/],
  ["open-data", /^shuju\/$/],
  ["penalties-of-a-month", /^shihou\/chufa\/\d{4}\/\d\d\/$/],
  ["penalties-of-a-subject", /^shihou\/chufa\/\d{4}\/shiyou\/[a-z]+\/$/],
  ["search", /^sousuo\/$/],
  ["search-by-letter", /^sousuo\/[a-z]\/$/],
];
const SIZES = [
  { name: "wide", width: 1280, height: 900 },
  { name: "narrow", width: 390, height: 844 },
];
const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];

const [site, gallery] = process.argv.slice(2);
if (!site || !gallery) {
  console.error("usage: node visit.mjs SITE GALLERY");
  process.exit(2);
}

let passed = 0;
const failures = [];
function check(where, what, good) {
  if (good) passed += 1;
  else failures.push(`${where}: ${what}`);
}

/** Everything the page says or asks for that a visitor should never see. */
function listen(page, host, where) {
  page.on("console", (m) => m.type() === "error" && failures.push(`${where}: console: ${m.text()}`));
  page.on("pageerror", (e) => failures.push(`${where}: script: ${e.message}`));
  page.on("requestfailed", (r) => failures.push(`${where}: failed: ${r.url()}`));
  page.on("response", (r) => r.status() >= 400 && failures.push(`${where}: ${r.status()}: ${r.url()}`));
  page.on("request", (r) => {
    const url = new URL(r.url());
    if (url.protocol !== "data:" && url.host !== host) failures.push(`${where}: asks ${url.host}`);
  });
}

/** What stands on the page, asked inside it. */
function look() {
  const root = document.documentElement;
  const wide = [...document.querySelectorAll("body *")].find((e) => e.getBoundingClientRect().right > root.clientWidth + 1);
  return {
    lang: root.lang,
    headings: document.querySelectorAll("h1").length,
    title: document.title.trim(),
    text: (document.querySelector("main")?.innerText ?? "").trim().length,
    overflow: root.scrollWidth > root.clientWidth ? `${root.scrollWidth} of ${root.clientWidth}, first ${wide ? `<${wide.tagName} ${wide.className}>` : "text"}` : "",
    broken: [...document.images].filter((i) => !i.complete || i.naturalWidth === 0).length,
  };
}

async function visit(browser, server, axe, name, path, size) {
  const where = `${name} (${size.name}) /${path}`;
  const page = await browser.newPage();
  await page.setViewportSize({ width: size.width, height: size.height });
  listen(page, new URL(server.address).host, where);
  await page.goto(server.address + path, { waitUntil: "load" });
  const seen = await page.evaluate(look);
  check(where, "no lang", seen.lang !== "");
  check(where, `${seen.headings} h1`, seen.headings === 1);
  check(where, "no title", seen.title !== "");
  check(where, "empty main", seen.text > 0);
  check(where, `scrolls sideways: ${seen.overflow}`, seen.overflow === "");
  check(where, `${seen.broken} broken images`, seen.broken === 0);
  await page.screenshot({ path: join(gallery, `${name}-${size.name}.png`), fullPage: true });
  if (size.name === "wide") {
    await accessible(page, axe, where);
    await print(page, name, where);
  }
  await page.close();
}

/** The rules of axe that weigh, run inside the page. */
async function accessible(page, axe, where) {
  await page.evaluate(axe);
  const found = await page.evaluate(async () => (await window.axe.run()).violations);
  const heavy = found.filter((v) => v.impact === "serious" || v.impact === "critical");
  const told = heavy.map((v) => `${v.id} at ${v.nodes.slice(0, 3).map((n) => n.target.join(" ")).join(", ")}`);
  check(where, `access: ${told.join("; ")}`, heavy.length === 0);
}

/** Placards and flowcharts are made to be printed; every page may be. */
async function print(page, name, where) {
  const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
  const pages = pdf.toString("latin1").match(/\/Type\s*\/Page\b/g)?.length ?? 0;
  check(where, "prints no page", pages >= 1);
  if (name.startsWith("placards") || name === "flow" || name === "penalty") {
    await writeFile(join(gallery, `${name}.pdf`), pdf);
  }
}

const server = await serve(site, "/gongshi/");
const profile = await mkdtemp(join(tmpdir(), "gongshi-browser-"));
await mkdir(gallery, { recursive: true });
let browser;
try {
  const { paths, dead, foreign } = await crawl(server.address);
  check("site", `dead links: ${dead.join(", ")}`, dead.length === 0);
  check("site", `loads from elsewhere: ${foreign.join(", ")}`, foreign.length === 0);
  const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  browser = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", headless: true, locale: "zh-CN", args: FLAGS,
  });
  for (const [name, pattern] of PAGES) {
    const path = paths.find((p) => pattern.test(p));
    check("site", `no link leads to a page of kind ${name}`, path !== undefined);
    if (path === undefined) continue;
    for (const size of SIZES) await visit(browser, server, axe, name, path, size);
  }
} finally {
  await browser?.close();
  await server.close();
  await rm(profile, { recursive: true, force: true });
}

for (const failure of failures) console.error(`FAILED ${failure}`);
console.log(`${passed} passed, ${failures.length} failed`);
process.exitCode = failures.length === 0 && passed > 0 ? 0 : 1;
