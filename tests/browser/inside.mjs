// What is asked inside a page. Each function runs in the browser: it must use nothing from around it.

/** What stands on the page, and what sticks out of it. */
export function look() {
  const root = document.documentElement;
  const sticks = (e) => e.getBoundingClientRect().right > root.clientWidth + 1 && !e.closest(".wide");
  const wide = [...document.querySelectorAll("body *")].find(sticks);
  return {
    lang: root.lang || (document.querySelector("[lang]")?.lang ?? ""),
    headings: document.querySelectorAll("h1").length,
    title: document.title.trim(),
    text: (document.querySelector("main")?.innerText ?? "").trim().length,
    overflow:
      root.scrollWidth > root.clientWidth
        ? `${root.scrollWidth} of ${root.clientWidth}, first ${wide ? `<${wide.tagName} ${wide.className}>` : "text"}`
        : "",
    broken: [...document.images].filter((i) => !i.complete || i.naturalWidth === 0).length,
  };
}

/** Texts that lie on one another, each as the words of both; drawings lay out their own. */
export function overlaps() {
  const boxes = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (node.data.trim() === "" || parent.closest("svg,script,template,.skip,.said,thead")) continue;
    if (!parent.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const r of range.getClientRects()) {
      if (r.width > 2 && r.height > 2) boxes.push({ r, words: node.data.trim().slice(0, 12) });
    }
  }
  boxes.sort((a, b) => a.r.top - b.r.top);
  const found = [];
  for (let i = 0; i < boxes.length && found.length < 5; i += 1) {
    const a = boxes[i].r;
    for (let j = i + 1; j < boxes.length && boxes[j].r.top < a.bottom; j += 1) {
      const b = boxes[j].r;
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      // Line boxes of neighbouring lines may touch; letters lie on letters from about a third of the height on.
      if (across > 3 && down > Math.min(a.height, b.height) * 0.35) found.push(`${boxes[i].words} / ${boxes[j].words}`);
    }
  }
  return found;
}

/** How many things the keyboard must reach, in the order of the document. */
export function stops() {
  const all = document.querySelectorAll("a[href],button,input,select,summary,[tabindex='0']");
  return [...all].filter((e) => e.checkVisibility() && !e.disabled).map((e) => e.outerHTML.slice(0, 80));
}

/** What has the focus, and whether it can be seen to have it. */
export function focus() {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(e);
  const box = e.getBoundingClientRect();
  return {
    html: e.outerHTML.slice(0, 80),
    seen: (outlineStyle !== "none" && parseFloat(outlineWidth) > 0) || boxShadow !== "none",
    inside: box.width > 0 && box.right > 0 && box.bottom > 0 && box.left < innerWidth && box.top < innerHeight,
  };
}

/** Size of the text of the page, in pixels. */
export function textSize() {
  return parseFloat(getComputedStyle(document.body).fontSize);
}
