// Pictures of the demonstration site for the manual, in docs/pictures/. They are made again by hand when pages change
// much; no test compares them.
//
// usage: node pictures.mjs SITE FOLDER

import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { serve } from "./serve.mjs";

/** Name, path below the site, and the height that is shown, of 960 pixels' width. */
const PICTURES = [
  ["home", "", 760],
  ["case", "shihou/chufa/2026/CASE/", 820],
  ["takedown", "chexia/TAKEN/", 560],
  ["statistics", "tongji/2026/", 760],
  ["flow", "liucheng/putong/", 820],
  ["placards", "renyuan/gongshipai/", 640],
  ["log", "rizhi/", 560],
];

const [site, folder] = process.argv.slice(2);
if (!site || !folder) {
  console.error("usage: node pictures.mjs SITE FOLDER");
  process.exit(2);
}
const { address, close } = await serve(site, "/gongshi/");
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
});
await mkdir(folder, { recursive: true });
const page = await browser.newPage();
/** The first link on a page whose address has this form, as the path below the site. */
async function first(path, form) {
  await page.goto(address + path);
  const links = await page.$$eval("a[href]", (all) => all.map((a) => a.href));
  return links.find((href) => form.test(href)).slice(address.length);
}
const found = {
  "shihou/chufa/2026/CASE/": await first("shihou/chufa/2026/", /\/chufa\/2026\/[a-z0-9]{8}\/$/),
  "chexia/TAKEN/": await first("chexia/", /\/chexia\/[a-z0-9]{8}\/$/),
};
for (const [name, path, height] of PICTURES) {
  await page.setViewportSize({ width: 960, height });
  const answer = await page.goto(address + (found[path] ?? path), { waitUntil: "load" });
  if (answer.status() !== 200) throw new Error(`${name}: ${answer.status()}`);
  await page.screenshot({ path: join(folder, `${name}.png`) });
}
await browser.close();
await close();
