// Prints every kind of placard in Chromium and holds it against the PDF file that the program makes of the same
// officers: as many pages, and the same characters on them. Must not reach any other host.
//
// usage: node placards.mjs PROGRAM BUREAU FOLDER      (pdftotext and pdfinfo must be installed)

import { execFileSync } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { chromium } from "playwright-core";
import { serve } from "./serve.mjs";
import { tally } from "./tally.mjs";

/** Each kind: its word, the folder of its page, and the sheets that 47 people need. */
const KINDS = [
  ["board", "", 4],
  ["board-a3", "a3/", 3],
  ["cards", "ka/", 6],
  ["desk", "zhuopai/", 47],
  ["tent", "zhedie/", 47],
  ["badge", "xiongpai/", 47],
  ["badge-4", "xiongpai-a4/", 12],
  ["window", "chuangkou/", 7],
];
/** Invented; with names of several parts and characters of the extensions. */
const NAMES = ["林知夏", "周闻", "买买提·吐尔逊江·阿不都热合曼", "欧阳若谷", "卓玛央金", "\u{2c35b}\u{2c029}\u{36c3}"];
const UNITS = ["综合执法一大队", "综合执法二大队", "渣土管理中队"];
const POSTS = ["大队长", "副大队长", "一级行政执法员", "四级调研员兼专项整治工作组联络员"];

const [program, bureau, folder] = process.argv.slice(2).map((arg) => resolve(arg));
if (!folder) {
  console.error("usage: node placards.mjs PROGRAM BUREAU FOLDER");
  process.exit(2);
}

const { check: count, end } = tally("placards");
const check = (where, what, good) => count(`${where}: ${what}`, good);

function staff() {
  const rows = Array.from({ length: 47 }, (_, i) => ({
    name: NAMES[i % NAMES.length], unit: UNITS[i % UNITS.length], post: POSTS[i % POSTS.length],
    badge_number: `QY${1000 + i}`, certificate_number: `示${50019900 + i}`,
    certificate_from: "2024-01-01", certificate_until: "2028-12-31",
  }));
  return rows.map((row) => `- ${JSON.stringify(row)}\n`).join("");
}

/** Characters of a PDF file without blanks, in order of their code. Chromium writes some of them as radicals. */
function characters(file) {
  const text = execFileSync("pdftotext", ["-enc", "UTF-8", file, "-"], { encoding: "utf8", maxBuffer: 1 << 26 });
  return [...text.normalize("NFKC").replaceAll("⻓", "长").replaceAll("⻘", "青").replace(/\s/gu, "")].sort().join("");
}

function pages(file) {
  return Number(/^Pages:\s+(\d+)/m.exec(execFileSync("pdfinfo", [file], { encoding: "utf8" }))?.[1]);
}

/** The first stretch in which two sorted texts differ. */
function difference(a, b) {
  const at = [...a].findIndex((c, i) => c !== [...b][i]);
  return `${[...a].slice(at, at + 8).join("")} against ${[...b].slice(at, at + 8).join("")}`;
}

await rm(folder, { recursive: true, force: true });
await mkdir(join(folder, "printed"), { recursive: true });
for (const part of ["site.yml", "content", "themes", "data"]) {
  const whole = (path) => !path.includes("/data/sample");
  await cp(join(bureau, part), join(folder, "bureau", part), { recursive: true, filter: whole });
}
await writeFile(join(folder, "bureau/data/staff.yml"), staff());
const run = (...args) => execFileSync(program, [...args, "--root", join(folder, "bureau"), "--as-of", "2026-11-23"], { stdio: ["ignore", "ignore", "pipe"] });
run("build", "--out", join(folder, "site"));
run("placards", "--pdf", "--out", join(folder, "made"));

const server = await serve(join(folder, "site"), "/gongshi/");
const profile = await mkdtemp(join(tmpdir(), "gongshi-placards-"));
let browser;
try {
  browser = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", headless: true, locale: "zh-CN",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
  for (const [kind, below, sheets] of KINDS) {
    const [made, printed] = [join(folder, "made", `${kind}.pdf`), join(folder, "printed", `${kind}.pdf`)];
    const page = await browser.newPage();
    await page.goto(`${server.address}renyuan/gongshipai/${below}`, { waitUntil: "load" });
    await page.pdf({ path: printed, preferCSSPageSize: true });
    await page.close();
    check(kind, `${pages(printed)} pages printed, not ${sheets}`, pages(printed) === sheets);
    check(kind, `${pages(made)} pages made, not ${sheets}`, pages(made) === sheets);
    const [of_page, of_file] = [characters(printed), characters(made)];
    check(kind, "no text", of_file.length > 500);
    check(kind, `says something else: ${difference(of_page, of_file)}`, of_page === of_file);
  }
} finally {
  await browser?.close();
  await server.close();
  await rm(profile, { recursive: true, force: true });
}

end();
