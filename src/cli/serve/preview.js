"use strict";
// Of the preview only: reloads the page when the site was built anew, says which day it shows, and lists what
// was found with its places. It writes text only, never markup.
(() => {
  const make = (name, words, kind) => {
    const node = document.createElement(name);
    if (words) node.textContent = words;
    if (kind) node.className = kind;
    return node;
  };
  const where = (place) => {
    if (place.kind === "page") return `${place.path}（第 ${place.offset} 字节）`;
    const sheet = place.sheet ? ` 工作表“${place.sheet}”` : "";
    const row = place.row ? ` 第 ${place.row} 行` : "";
    const column = place.column ? `“${place.column}”` : place.column_number ? ` 第 ${place.column_number} 列` : "";
    return `${place.file}${sheet}${row}${column}`;
  };
  const weights = { error: "错误", warning: "提醒", notice: "提示" };

  function show(state) {
    const old = document.getElementById("yulan");
    if (old) old.remove();
    const box = make("aside", "", state.failure ? "yulan-bad" : "");
    box.id = "yulan";
    box.setAttribute("aria-label", "预览");
    box.lang = "zh-CN";
    const list = make("details", "", "");
    const count = state.findings.length;
    const summary = make("summary", `预览：显示 ${state.day} 的内容　${count ? `发现 ${count} 处` : "没有发现问题"}`);
    list.append(summary);
    if (state.failure) {
      list.open = true;
      list.append(make("p", `本次改动没有采用，下面仍是上一次的页面：${state.failure}`, "yulan-failure"));
    }
    const items = make("ol", "", "");
    for (const found of state.findings) {
      const item = make("li", "", `yulan-${found.severity}`);
      item.append(make("b", `${weights[found.severity] || found.severity} ${found.title}`));
      item.append(make("code", where(found.place)));
      if (found.note) item.append(make("span", found.note));
      if (found.remedy) item.append(make("span", found.remedy, "yulan-remedy"));
      items.append(item);
    }
    if (count) list.append(items);
    box.append(list);
    document.body.append(box);
  }

  const pause = (time) => new Promise((done) => setTimeout(done, time));

  async function follow() {
    let seen = 0;
    for (;;) {
      let state;
      try {
        const answer = await fetch(`/_yulan/state?after=${seen}`, { cache: "no-store" });
        state = await answer.json();
      } catch (lost) {
        await pause(500);
        continue;
      }
      if (seen && state.version !== seen) {
        location.reload();
        return;
      }
      if (!seen) show(state);
      seen = state.version;
    }
  }

  follow();
})();
