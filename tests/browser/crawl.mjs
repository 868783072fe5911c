// Follows the links of a site from its home page. Must not leave its address.

/** Most pages looked at; the sample has a few hundred. */
const MOST = 2000;

/** Paths below `address` in order of finding, links that lead nowhere, and foreign things that pages load. */
export async function crawl(address) {
  const paths = [""];
  const known = new Set(paths);
  const dead = [];
  const foreign = new Set();
  for (let next = 0; next < paths.length && next < MOST; next += 1) {
    const here = address + paths[next];
    const response = await fetch(here);
    if (response.status !== 200) {
      dead.push(`/${paths[next]} (${response.status})`);
      continue;
    }
    const body = await response.text();
    if (!response.headers.get("content-type").startsWith("text/html")) continue;
    for (const { tag, url } of addresses(body, here)) {
      const own = url.href.startsWith(address);
      if (!own && tag !== "a" && url.protocol.startsWith("http")) foreign.add(`${tag} ${url.host}`);
      const path = url.href.slice(address.length).split(/[?#]/)[0];
      if (own && !known.has(path)) {
        known.add(path);
        paths.push(path);
      }
    }
  }
  return { paths, dead, foreign: [...foreign] };
}

/** What a page links to and loads. A `link` that only names a relation loads nothing. */
function addresses(html, here) {
  const found = [];
  for (const [whole, tag] of html.matchAll(/<(a|link|img|script|source|iframe|object|use|image)\b[^>]*>/gi)) {
    if (/\brel="?(canonical|alternate)\b/i.test(whole)) continue;
    const value = whole.match(/\s(?:xlink:)?(?:href|src|data)="([^"]*)"/i)?.[1]?.replaceAll("&amp;", "&");
    if (value === undefined) continue;
    if (URL.canParse(value, here)) found.push({ tag: tag.toLowerCase(), url: new URL(value, here) });
  }
  return found;
}
