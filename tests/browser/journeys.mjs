// What visitors come for, done as they do it: with the keyboard, without scripts, on an old address, from a
// file share. Must not look into the files of the site.

import { pathToFileURL } from "node:url";
import { focus, look, stops, textSize } from "./inside.mjs";

/** A page with the console under watch. `world` has browser, address, host, check, listen. */
async function open(world, name, options = {}) {
  const context = await world.browser.newContext({ locale: "zh-CN", viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  world.listen(page, name);
  return { page, context };
}

/** Presses Tab until `wanted` has the focus; false where it never has. */
async function tabTo(page, wanted, most = 60) {
  for (let i = 0; i < most; i += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((w) => document.activeElement?.matches(w) ?? false, wanted)) return true;
  }
  return false;
}

/** Clicks the first link that leads to such an address. */
async function follow(page, wanted) {
  const links = page.locator("a[href]");
  const all = await links.evaluateAll((found) => found.map((a) => a.href));
  await links.nth(all.findIndex((href) => wanted.test(href))).click();
}

/** The keyboard reaches everything in order, each stop is seen, and the first leads past the navigation. */
async function keyboard(world) {
  const { page, context } = await open(world, "keyboard");
  for (const path of ["", world.paths.penalty, world.paths.staff]) {
    await page.goto(world.address + path);
    const wanted = await page.evaluate(stops);
    const reached = [];
    for (const stop of wanted) {
      await page.keyboard.press("Tab");
      const now = await page.evaluate(focus);
      if (now === null) break;
      reached.push(now.html);
      if (!now.seen) world.check("keyboard", `focus is not seen: ${stop}`, false);
      if (!now.inside) world.check("keyboard", `focus is off the screen: ${stop}`, false);
    }
    world.check("keyboard", `/${path}: ${reached.length} of ${wanted.length} stops`, reached.join() === wanted.join());
  }
  await page.goto(world.address);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  world.check("keyboard", "the skip link leads to the main part", (await page.evaluate(() => document.activeElement.id)) === "main");
  await context.close();
}

/** Modes by keyboard: on, remembered on the next page, two at once, off again. */
async function modes(world) {
  const { page, context } = await open(world, "modes");
  await page.goto(world.address);
  const plain = await page.evaluate(textSize);
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const white = await ground();
  world.check("modes", "the keyboard reaches the elder mode", await tabTo(page, "[href='#zhangbei']"));
  await page.keyboard.press("Enter");
  const elder = await page.evaluate(textSize);
  world.check("modes", `elder text is ${elder} after ${plain}`, elder >= plain * 1.3);
  world.check("modes", "the mode is said", (await page.locator(".said").innerText()).includes("长辈版"));
  await page.goto(world.address + world.paths.penalty);
  world.check("modes", "remembered on the next page", (await page.evaluate(textSize)) >= elder * 0.95);
  world.check("modes", "marked as chosen", (await page.locator("[href='#zhangbei'][aria-current]").count()) === 1);
  await tabTo(page, "[href='#gaoduibi']");
  await page.keyboard.press("Enter");
  world.check("modes", "high contrast on top of it", (await ground()) !== white && (await page.evaluate(textSize)) >= elder * 0.95);
  await page.locator("[href='#biaozhun']").click();
  world.check("modes", "back to plain", (await ground()) === white && (await page.evaluate(textSize)) <= plain);
  await page.goto(`${world.address}#dazi`);
  world.check("modes", "an address with a mode switches it on", (await page.evaluate(textSize)) > plain);
  await context.close();
}

/** Without scripts: modes by their links, a long way to a case, and to the reason of a takedown. */
async function bare(world) {
  const { page, context } = await open(world, "no script", { javaScriptEnabled: false });
  await page.goto(world.address);
  const plain = await page.evaluate(textSize);
  for (const [mode, least] of [["dazi", 1.2], ["teda", 1.4], ["zhangbei", 1.3]]) {
    await page.locator(`[href='#${mode}']`).click();
    const now = await page.evaluate(textSize);
    world.check("no script", `${mode}: text is ${now} after ${plain}`, now >= plain * least);
  }
  await page.locator("[href='#gaoduibi']").click();
  const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  world.check("no script", `high contrast: ${ground}`, ground === "rgb(0, 0, 0)");
  for (const step of [/shihou\/$/, /shihou\/chufa\/$/, /chufa\/\d{4}\/$/, /chufa\/\d{4}\/[a-z0-9]{8}\/$/]) await follow(page, step);
  const seen = await page.evaluate(look);
  world.check("no script", "a case is reached by links alone", /shihou\/chufa\/\d{4}\/[a-z0-9]{8}\/$/.test(page.url()) && seen.text > 200);
  await context.close();
}

/** An old link to a revoked case says so, and leads to the notice with the reason. */
async function revoked(world) {
  const { page, context } = await open(world, "revoked");
  await page.goto(world.address + world.paths.notice);
  const old = await page.locator(".address").first().innerText();
  const below = old.slice(old.indexOf("shihou/"));
  await page.goto(world.address + below);
  world.check("revoked", "the dead address says so", (await page.locator("h1").innerText()).includes("已撤下"));
  world.check("revoked", "it is kept from search engines", (await page.locator("meta[name=robots][content*=noindex]").count()) === 1);
  await page.getByRole("link", { name: "查看撤下公告和原因" }).click();
  const text = await page.locator("main").innerText();
  world.check("revoked", "the notice tells reason and document", text.includes("变动种类") && text.includes("依据文书"));
  await context.close();
}

/** A year's results are downloaded and are what spreadsheets open. */
async function download(world) {
  const { page, context } = await open(world, "download");
  await page.goto(world.address + world.paths.penalty);
  const number = await page.locator("h1").innerText();
  const href = await page.locator("main a[href$='.csv']").first().getAttribute("href");
  const body = await (await context.request.get(new URL(href, page.url()).href)).body();
  world.check("download", "CSV begins with the mark of UTF-8", body.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf])));
  world.check("download", "the case stands in it", body.toString("utf8").includes(number));
  await context.close();
}

/** A page that has not been built again for long says so; a fresh one does not. */
async function stale(world) {
  for (const [days, said] of [[2, false], [30, true]]) {
    const { page, context } = await open(world, "stale");
    await page.clock.setFixedTime(new Date(Date.parse(world.today) + days * 864e5));
    await page.goto(world.address);
    world.check("stale", `after ${days} days`, (await page.locator(".stale").isVisible()) === said);
    await context.close();
  }
}

/** Folded text is printed whole, navigation is not, and large print is large on paper. */
async function paper(world) {
  const { page, context } = await open(world, "paper");
  await page.goto(world.address + world.paths.penalty);
  await page.evaluate(() => {
    const folded = document.createElement("details");
    folded.innerHTML = "<summary>折叠</summary><p id='folded'>折叠的内容</p>";
    document.querySelector("article").append(folded);
  });
  await page.emulateMedia({ media: "print" });
  const height = (e) => page.locator(e).evaluate((n) => n.getBoundingClientRect().height);
  world.check("paper", "folded text is open", (await height("#folded")) > 5);
  world.check("paper", "no navigation", !(await page.locator(".main-nav").isVisible()) && !(await page.locator(".modes").isVisible()));
  const plain = await page.evaluate(textSize);
  await page.evaluate(() => document.documentElement.setAttribute("data-mode", "teda"));
  const large = await page.evaluate(textSize);
  world.check("paper", `large print: ${large} after ${plain}`, large >= 21.3 && large > plain);
  await context.close();
}

/** The tree opened from a folder: it looks the same, and links by file name lead on. */
async function share(world) {
  const { page, context } = await open(world, "file share");
  await page.goto(pathToFileURL(`${world.site}/index.html`).href);
  const family = await page.evaluate(() => getComputedStyle(document.body).fontFamily);
  world.check("file share", `styles are found: ${family}`, family.includes("Noto Sans CJK"));
  await context.close();
}

/** Who asks for less motion gets none, and there is none to begin with. */
async function motion(world) {
  const { page, context } = await open(world, "motion", { reducedMotion: "reduce" });
  await page.goto(world.address);
  world.check("motion", "nothing moves", (await page.evaluate(() => document.getAnimations().length)) === 0);
  await context.close();
}

/** All journeys, two at a time. */
export async function journeys(world) {
  const all = [keyboard, modes, bare, revoked, download, stale, paper, share, motion];
  const next = async () => {
    for (let walk = all.shift(); walk; walk = all.shift()) {
      await walk(world).catch((e) => world.check(walk.name, String(e.message).split("\n")[0], false));
    }
  };
  await Promise.all([next(), next()]);
}
