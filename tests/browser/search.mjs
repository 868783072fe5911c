// Searches a built site in Chromium as a visitor would, and holds the script's folding against the program's.
// Must not reach any other host.
//
// usage: node search.mjs SITE GALLERY [FOLDS]     FOLDS is the table that the unit tests of the program write

import { createRequire } from "node:module";
import { mkdir, mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runInThisContext } from "node:vm";
import { chromium } from "playwright-core";
import { serve } from "./serve.mjs";
import { tally } from "./tally.mjs";

const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];
/** Most files of the index from which a query is answered. */
const MOST_FILES = 5;
/** Most bytes of one of them. */
const MOST_BYTES = 50_000;

const [site, gallery, folds] = process.argv.slice(2);
if (!site || !gallery) {
  console.error("usage: node search.mjs SITE GALLERY [FOLDS]");
  process.exit(2);
}

const { failures, check: count, end } = tally("search");
const check = (what, good, seen = "") => count(seen === "" ? what : `${what}: ${seen}`, good);

const assets = await readdir(join(site, "assets"));
const script = assets.find((name) => /^seek\.[0-9a-f]+\.js$/.test(name));
const Seek = runInThisContext(`${await readFile(join(site, "assets", script), "utf8")};Seek`);

/** Every character folds in the script as in the program; characters that one of the two does not know yet are left out. */
async function foldsAlike() {
  const table = new Map((await readFile(folds, "utf8")).trimEnd().split("\n").map((line) => line.split("\t")));
  const odd = [];
  for (let code = 0x20; code < 0x40000; code += 1) {
    if (code >= 0xd800 && code < 0xe000) continue;
    const c = String.fromCodePoint(code);
    if (/\p{Cn}/u.test(c)) continue;
    const wanted = table.get(code.toString(16)) ?? c;
    if (Seek.fold(c).letters.join("") !== wanted) odd.push(code.toString(16));
  }
  check("folds as the program does", odd.length === 0 && table.size > 10_000, `${odd.length} differ: ${odd.slice(0, 20)}`);
}

/** What a page without a page must get right. */
function pure() {
  const said = (value) => JSON.stringify(value);
  check("reads gaps", said(Seek.numbers("UCARC")) === "[36,37,71]", said(Seek.numbers("UCARC")));
  check("reads bits", said(Seek.numbers("=lT")) === "[0,1,2,3,4,5,6,9]", said(Seek.numbers("=lT")));
  check("marks through brackets", said(Seek.marks("罚决字〔2026〕第3号", [[..."2026第3"]])) === "[[4,11]]", said(Seek.marks("罚决字〔2026〕第3号", [[..."2026第3"]])));
  check("joins marks", said(Seek.marks("甲甲甲乙", [["甲", "甲"]])) === "[[0,3]]");
  check("marks full width", said(Seek.marks("某ＡＢＣ店", [[..."abc"]])) === "[[1,4]]");
  check("parts words", Seek.words(" 张 餐饮　罚款 ").long.length === 2 && Seek.words("张 餐饮").all.length === 2);
}

/** All entries of the index, as its files hold them. */
async function entries() {
  const folder = join(site, "sousuo/suoyin");
  const all = [];
  for (const name of await readdir(folder)) {
    const text = await readFile(join(folder, name), "utf8");
    check(`${name} is small`, Buffer.byteLength(text) <= MOST_BYTES, String(text.length));
    if (name.startsWith("d")) all.push(...JSON.parse(text));
  }
  return all;
}

/** The search page for a query, once it has said what it found. */
async function seek(browser, address, parameters) {
  const page = await browser.newPage();
  const asked = new Set();
  page.on("console", (m) => m.type() === "error" && failures.push(`${parameters.q}: console: ${m.text()}`));
  page.on("pageerror", (e) => failures.push(`${parameters.q}: script: ${e.message}`));
  page.on("request", (r) => {
    const url = new URL(r.url());
    if (!r.url().startsWith(address)) failures.push(`${parameters.q}: asks ${url.host}`);
    if (url.pathname.endsWith(".json")) asked.add(url.pathname);
  });
  await page.goto(`${address}sousuo/?${new URLSearchParams(parameters)}`, { waitUntil: "load" });
  await page.waitForFunction(() => !/正在查找/.test(document.getElementById("seek-said").textContent));
  const seen = await page.evaluate(() => ({
    said: document.getElementById("seek-said").textContent,
    hrefs: [...document.querySelectorAll("#seek-hits a")].map((a) => a.href),
    marks: [...document.querySelectorAll("#seek-hits mark")].map((m) => m.textContent),
    more: !document.getElementById("seek-more").hidden,
  }));
  return { page, asked: asked.size, ...seen };
}

const holding = (all, word) => all.filter((e) => [2, 3, 4, 6].some((at) => Seek.marks(e[at], [Seek.fold(word).letters]).length > 0));

async function journeys(browser, address) {
  const all = await entries();
  const party = all.find((e) => e[3].includes("餐饮"))[3];
  const two = [...party].slice(4, 6).join("");
  for (const word of [two, all[0][2], all.at(-1)[2], all[1][4], [...all[2][6]].slice(8, 13).join(""), "ＱＩＮＧ", scattered(all)]) {
    const { page, said, hrefs, asked, marks } = await seek(browser, address, { q: word });
    const wanted = holding(all, word).map((e) => e[0]);
    check(`${word}: what is shown holds it`, hrefs.every((href) => wanted.some((id) => href.endsWith(`/${id}/`))), said);
    check(`${word}: answers at once`, hrefs.length > 0 || wanted.length === 0, `${hrefs.length} of ${wanted.length}`);
    check(`${word}: from few files`, asked <= MOST_FILES, String(asked));
    check(`${word}: is marked`, wanted.length === 0 ? said.startsWith("没有相符的结果") : marks.length > 0, said);
    check(`${word}: nothing is missing`, wanted.length === 0 || (await toTheEnd(page, wanted.length)), `${wanted.length}`);
    await page.close();
  }
  await narrowed(browser, address, all);
  await states(browser, address);
  await follows(browser, address, two);
}

/** A pair of characters of few cases that lie in as many files as any: more than a first answer may ask for. */
function scattered(all) {
  const shelf = (e) => `${e[1].slice(0, 4)} ${e[2].includes("罚决")}`;
  const spread = (found) => new Set(found.map(shelf)).size;
  const pairs = new Set(all.flatMap((e) => [2, 3, 4, 6].flatMap((at) => Seek.pairs([Seek.fold(e[at]).letters]))));
  let [best, most] = ["", 0];
  for (const pair of pairs) {
    const found = all.filter((e) => [2, 3, 4, 6].some((at) => Seek.fold(e[at]).letters.join("").includes(pair)));
    if (found.length <= 9 && spread(found) > most) [best, most] = [pair, spread(found)];
  }
  check("the sample has hits that lie far apart", most > 2, `${best}: ${most}`);
  return best;
}

/** Filters, several words, and all the rest by the button. */
async function narrowed(browser, address, all) {
  const one = await seek(browser, address, { q: "当事人", lei: "chufa", nian: "2025" });
  check("filters", one.hrefs.length === 10 && one.hrefs.every((h) => h.includes("/shihou/chufa/2025/")), one.said);
  check("says how many", /找到 \d+ 件/.test(one.said), one.said);
  const total = holding(all.filter((e) => e[1].startsWith("2025") && e[2].includes("罚决")), "当事人").length;
  let shown = 10;
  while (await one.page.locator("#seek-more").isVisible()) {
    await one.page.locator("#seek-more").click();
    await one.page.waitForFunction((n) => document.querySelectorAll("#seek-hits li").length > n, shown);
    shown = await one.page.locator("#seek-hits li").count();
    const focused = await one.page.evaluate(() => document.activeElement.closest("#seek-hits") !== null);
    check("moves to what is new", focused);
  }
  check("shows all in steps", shown === Math.min(total, 50), `${shown} of ${total}`);
  await one.page.close();
  const both = await seek(browser, address, { q: "餐饮 罚款" });
  check("all words count", both.hrefs.length < (await seek(browser, address, { q: "餐饮" })).hrefs.length + 1, both.said);
  const common = ["当事人", "决字", "2026", "2025"].filter((word) => holding(all, word).length > 50);
  check("the sample has a word of more than fifty", common.length > 0);
  for (const word of ["当事人", ...common.slice(0, 1)]) {
    const wide = await seek(browser, address, { q: word });
    const ended = await toTheEnd(wide.page, holding(all, word).length);
    check(`${word}: lists all, or ends at fifty`, ended, await wide.page.locator("#seek-said").textContent());
    await wide.page.close();
  }
}

/** Presses the button until it goes; says whether the page has then listed all, or asks for a narrower query after fifty. */
async function toTheEnd(page, total) {
  while (await page.locator("#seek-more").isVisible()) {
    const shown = await page.locator("#seek-hits li").count();
    await page.locator("#seek-more").click();
    await page.waitForFunction((n) => document.querySelectorAll("#seek-hits li").length > n, shown);
  }
  const count = await page.locator("#seek-hits li").count();
  const said = await page.locator("#seek-said").textContent();
  return count === Math.min(total, 50) && said.includes(total > 50 ? "缩小范围" : "已全部列出");
}

async function states(browser, address) {
  for (const [q, wanted] of [["", "输入检索词"], ["张", "两个字以上"], ["〔〕", "输入检索词"], ["没有这样的词语", "没有相符的结果"], ["<b>甲乙</b>", "没有相符的结果"]]) {
    const { page, said } = await seek(browser, address, { q });
    check(`state of "${q}"`, said.includes(wanted), said);
    check(`"${q}" stays in the box`, (await page.locator("#seek-q").inputValue()) === q);
    await page.close();
  }
}

/** A visitor types, submits with the keyboard, and follows what was found; pictures and the rules of axe. */
async function follows(browser, address, word) {
  const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  for (const [name, width, mode] of [["wide", 1280], ["narrow", 390], ["contrast", 1280, "gaoduibi"]]) {
    const page = await browser.newPage();
    await page.setViewportSize({ width, height: 900 });
    await page.goto(`${address}sousuo/`);
    if (mode) await page.locator(`.modes li#${mode} a`).click();
    await page.locator("#seek-q").fill(word);
    await page.keyboard.press("Enter");
    await page.waitForSelector("#seek-hits li");
    check(`submits (${name})`, new URL(page.url()).searchParams.get("q") === word, page.url());
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    check(`no sideways scroll (${name})`, over <= 0, String(over));
    await page.screenshot({ path: join(gallery, `search-${name}.png`), fullPage: true });
    await page.evaluate(axe);
    const found = await page.evaluate(async () => (await window.axe.run()).violations.map((v) => v.id));
    check(`access (${name})`, found.length === 0, found.join(" "));
    await page.locator("#seek-hits a").first().click();
    check(`leads to a case (${name})`, /\/shihou\/(chufa|jiancha)\/\d{4}\/[a-z0-9]{8}\/$/.test(page.url()), page.url());
    await page.close();
  }
}

/** Without scripts the page leads to every case by its lists. */
async function unscripted(browser, address) {
  const page = await browser.newPage();
  await page.goto(`${address}sousuo/?q=餐饮`);
  check("tells of the index", (await page.locator("main").innerText()).includes("下面的索引"));
  await page.locator(".letters a").first().click();
  await page.locator("tbody a").first().click();
  check("leads to a case without scripts", /\/shihou\/\w+\/\d{4}\/[a-z0-9]{8}\/$/.test(page.url()), page.url());
  await page.close();
}

const server = await serve(site, "/gongshi/");
const profile = await mkdtemp(join(tmpdir(), "gongshi-search-"));
await mkdir(gallery, { recursive: true });
const options = { executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", headless: true, locale: "zh-CN", args: FLAGS };
try {
  pure();
  if (folds) await foldsAlike();
  for (const javaScriptEnabled of [true, false]) {
    const browser = await chromium.launchPersistentContext(join(profile, String(javaScriptEnabled)), { ...options, javaScriptEnabled });
    try {
      await (javaScriptEnabled ? journeys : unscripted)(browser, server.address);
    } finally {
      await browser.close();
    }
  }
} finally {
  await server.close();
  await rm(profile, { recursive: true, force: true });
}

end();
