// Opens the pages of a built site in Chromium, at the widths people have, and says what a visitor would stumble
// on; then walks the journeys. Pictures and printed pages go to the gallery. Must not reach any other host.
//
// usage: node visit.mjs SITE GALLERY [PLAIN]      (PLAIN: the same site built with the theme `plain`)

import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { crawl } from "./crawl.mjs";
import { look, overlaps } from "./inside.mjs";
import { journeys } from "./journeys.mjs";
import { KINDS, UNLINKED } from "./kinds.mjs";
import { serve } from "./serve.mjs";
import { tally } from "./tally.mjs";
import { validity } from "./validity.mjs";

/** The day the site shows; the browser's clock is set to it. */
const TODAY = "2026-11-23";
/** Widths: 640 is 1280 at 200 %, 320 is 1280 at 400 %. Pictures and axe at the first and the phone's. */
const WIDTHS = [
  { width: 1280, height: 900, closely: true },
  { width: 768, height: 1024 },
  { width: 640, height: 900 },
  { width: 360, height: 780, closely: true },
  { width: 320, height: 640 },
];
/** Ways of display besides the plain one, by what the script keeps. */
const MODES = ["teda", "gaoduibi", "zhangbei gaoduibi"];
/** Kinds that are looked at in every mode. */
const IN_MODES = ["home", "penalty", "penalties-of-a-year", "statistics", "staff", "search", "access"];
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];

const [site, gallery, plain] = process.argv.slice(2);
if (!site || !gallery) {
  console.error("usage: node visit.mjs SITE GALLERY [PLAIN]");
  process.exit(2);
}

const { failures, check: count, end } = tally("pages");
const check = (where, what, good) => count(`${where}: ${what}`, good);

/** Everything the page says or asks for that a visitor should never see. */
function listen(page, where, host) {
  page.on("console", (m) => m.type() === "error" && failures.push(`${where}: console: ${m.text()}`));
  page.on("pageerror", (e) => failures.push(`${where}: script: ${e.message}`));
  page.on("requestfailed", (r) => failures.push(`${where}: failed: ${r.url()}`));
  page.on("response", (r) => r.status() >= 400 && failures.push(`${where}: ${r.status()}: ${r.url()}`));
  page.on("request", (r) => {
    const url = new URL(r.url());
    if (!["data:", "file:"].includes(url.protocol) && url.host !== host) failures.push(`${where}: asks ${url.host}`);
  });
}

/** One page at every width: nothing sticks out, nothing lies on anything else, nothing bars anyone. */
async function visit(page, { address, axe }, kind, path) {
  await page.goto(address + path, { waitUntil: "load" });
  for (const { width, height, closely } of WIDTHS) {
    const where = `${kind.name} (${width}) /${path}`;
    await page.setViewportSize({ width, height });
    const seen = await page.evaluate(look);
    check(where, "no lang", seen.lang !== "");
    check(where, `${seen.headings} h1`, seen.headings === 1);
    check(where, "no title", seen.title !== "");
    check(where, "empty main", seen.text > 0);
    check(where, `${seen.broken} broken images`, seen.broken === 0);
    // A sheet has the size of its paper.
    if (!kind.sheet) check(where, `scrolls sideways: ${seen.overflow}`, seen.overflow === "");
    const lying = await page.evaluate(overlaps);
    check(where, `texts overlap: ${lying.join(", ")}`, lying.length === 0);
    if (closely) {
      await accessible(page, axe, where);
      await page.screenshot({ path: join(gallery, `${kind.name}-${width}.png`), fullPage: true });
    }
  }
  if (IN_MODES.includes(kind.name)) await inModes(page, axe, kind, path);
  await print(page, kind, path);
}

/** The same page in the other ways of display, at the phone's width and the desk's. */
async function inModes(page, axe, kind, path) {
  for (const mode of MODES) {
    await page.evaluate((m) => document.documentElement.setAttribute("data-mode", m), mode);
    for (const { width, height } of WIDTHS.filter((w) => w.closely)) {
      const where = `${kind.name} (${width}, ${mode}) /${path}`;
      await page.setViewportSize({ width, height });
      const seen = await page.evaluate(look);
      check(where, `scrolls sideways: ${seen.overflow}`, seen.overflow === "");
      const lying = await page.evaluate(overlaps);
      check(where, `texts overlap: ${lying.join(", ")}`, lying.length === 0);
      if (width > 1000) await accessible(page, axe, where);
      const name = `${kind.name}-${width}-${mode.replace(" ", "-")}.png`;
      if (kind.name === "penalty" || kind.name === "home") await page.screenshot({ path: join(gallery, name), fullPage: true });
    }
  }
  await page.evaluate(() => document.documentElement.removeAttribute("data-mode"));
}

/** Every rule of axe for WCAG 2.2 AA and good practice, run inside the page: no violation at all. */
async function accessible(page, axe, where) {
  await page.evaluate(axe);
  const found = await page.evaluate(async (tags) => (await window.axe.run({ runOnly: tags })).violations, RULES);
  const told = found.map((v) => `${v.id} at ${v.nodes.slice(0, 3).map((n) => n.target.join(" ")).join(", ")}`);
  check(where, `access: ${told.join("; ")}`, found.length === 0);
}

/** Every page may be printed; what is made for paper is kept as it comes out of the printer. */
async function print(page, kind, path) {
  const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
  const pages = pdf.toString("latin1").match(/\/Type\s*\/Page\b/g)?.length ?? 0;
  check(`${kind.name} on paper /${path}`, "prints no page", pages >= 1);
  if (!kind.sheet && !["flow", "penalty", "home", "statistics"].includes(kind.name)) return;
  const file = join(gallery, `${kind.name}.pdf`);
  await writeFile(file, pdf);
  // A picture for the gallery only; nothing is checked on it.
  await new Promise((done) => execFile("pdftoppm", ["-r", "50", "-png", file, join(gallery, `${kind.name}-paper`)], done));
}

/** Takes the pages one by one, on as many tabs as the machine has cores. */
async function all(browser, world, pages) {
  const rest = [...pages];
  const tab = async () => {
    const context = await browser.newContext({ locale: "zh-CN" });
    await context.clock.setFixedTime(new Date(TODAY));
    for (let next = rest.shift(); next; next = rest.shift()) {
      const page = await context.newPage();
      listen(page, `${next.kind.name} /${next.path}`, world.host);
      await visit(page, world, next.kind, next.path);
      await page.close();
    }
    await context.close();
  };
  await Promise.all(Array.from({ length: Math.min(4, cpus().length) }, tab));
}

/** The built site, whole. */
async function whole(browser, axe) {
  const server = await serve(site, "/gongshi/");
  const host = new URL(server.address).host;
  const { paths, dead, foreign } = await crawl(server.address);
  check("site", `dead links: ${dead.join(", ")}`, dead.length === 0);
  check("site", `loads from elsewhere: ${foreign.join(", ")}`, foreign.length === 0);
  const found = KINDS.map((kind) => ({ kind, path: paths.find((p) => kind.at.test(p)) }));
  for (const { kind, path } of found) check("site", `no link leads to a page of kind ${kind.name}`, path !== undefined);
  const pages = found.filter(({ path }) => path !== undefined);
  pages.push(...UNLINKED.map((kind) => ({ kind, path: kind.path })));
  await all(browser, { address: server.address, host, axe }, pages);
  const world = {
    browser, site, check, address: server.address, today: TODAY,
    paths: Object.fromEntries(pages.map(({ kind, path }) => [kind.name, path])),
    listen: (page, name) => listen(page, name, host),
  };
  await journeys(world);
  await server.close();
}

/** The fragments of the theme `plain`, each inside the page of an invented portal. */
async function fragments(browser, axe) {
  const portal = (text) =>
    "<!doctype html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><title>门户</title></head><body>" +
    `<header><a href=\"/\">示例门户</a></header>${text}</body></html>`;
  const server = await serve(plain, "/gongshi/", portal);
  const { paths, dead } = await crawl(server.address);
  check("plain", `dead links: ${dead.join(", ")}`, dead.length === 0);
  const names = ["home", "penalties-of-a-year", "penalty", "notice", "staff", "access"];
  const kinds = KINDS.filter((kind) => names.includes(kind.name));
  const pages = kinds.map((kind) => ({
    kind: { ...kind, name: `plain-${kind.name}` },
    path: paths.find((p) => kind.at.test(p)) ?? "missing/",
  }));
  await all(browser, { address: server.address, host: new URL(server.address).host, axe }, pages);
  await server.close();
}

await rm(gallery, { recursive: true, force: true });
await mkdir(gallery, { recursive: true });
for (const folder of [site, plain].filter(Boolean)) {
  const { pages, found } = await validity(folder);
  check("html", `no pages in ${folder}`, pages > 20);
  check("html", found.slice(0, 20).join("; "), found.length === 0);
}
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", headless: true, args: FLAGS });
try {
  await whole(browser, axe);
  if (plain) await fragments(browser, axe);
} finally {
  await browser.close();
}

end();
