// The search page: reads the address, fetches the files a query needs, and shows what was found. Must ask no
// other host, and puts data on the page as text only. What it knows without a page is in seek.js.
"use strict";

(() => {
  /** Cases shown at once, and most in all. */
  const STEP = 10;
  const MOST = 50;
  /** Files of entries fetched together, and most that the first answer waits for. */
  const TOGETHER = 2;
  /** Letters of facts around the first stretch that matches. */
  const AROUND = 36;
  /** Longest query. */
  const LONGEST = 60;

  const form = document.getElementById("seek");
  const said = document.getElementById("seek-said");
  const hits = document.getElementById("seek-hits");
  const more = document.getElementById("seek-more");
  const volumes = form.dataset.volumes.split(" ").filter((name) => name !== "");
  const root = form.dataset.root;
  const asked = new URLSearchParams(location.search);
  const kinds = new Map([...form.elements.lei.options].map((option) => [option.value, option.text]));
  const query = { ...Seek.words((asked.get("q") ?? "").slice(0, LONGEST)), kind: chosen("lei"), year: chosen("nian") };
  const fetched = new Map();

  /** The choice of the address, where the form has it; the form shows it. */
  function chosen(name) {
    const select = form.elements[name];
    const wanted = asked.get(name) ?? "";
    select.value = [...select.options].some((option) => option.value === wanted) ? wanted : "";
    return select.value;
  }

  /** A file of the index; each is fetched once. */
  function get(name) {
    if (!fetched.has(name)) {
      fetched.set(name, fetch(`suoyin/${name}`).then((response) => {
        if (!response.ok) throw new Error(String(response.status));
        return response.json();
      }));
    }
    return fetched.get(name);
  }

  const hash = (all, at) => all.slice(at * 8, at * 8 + 8);

  /** The cases of one volume that may match, and how to read their entries. */
  async function open(volume) {
    const name = volumes[volume];
    const contents = await get(name);
    const number = name.match(/^m(\d+)\./)[1];
    const wanted = Seek.pairs(query.long);
    const files = Seek.choose(contents, wanted);
    if (files === null) return { cases: [], read: null };
    const lists = await Promise.all(files.map((at) => get(`p${number}-${at}.${hash(contents.postings, at)}.json`)));
    const postings = { files, lists: Object.assign(Object.create(null), ...lists) };
    const starts = [];
    let start = 0;
    for (const size of contents.sizes) {
      starts.push(start);
      start += size;
    }
    const group = (n) => contents.groups.find((g) => n >= g.first && n < g.first + g.cases);
    const shelf = (n) => Seek.floor(starts, n);
    const near = (cases) => Seek.gathered(cases, shelf, TOGETHER);
    const cases = Seek.candidates(contents, postings, wanted, query, near);
    const read = async (n) => {
      const at = shelf(n);
      const entries = await get(`d${number}-${at}.${hash(contents.entries, at)}.json`);
      return { entry: entries[n - starts[at]], group: group(n) };
    };
    return { cases, read, shelf, isExact: query.all.length === 1 && wanted.length === 1 };
  }

  /** All cases that may match, checked as they are asked for, newest volume first. */
  const search = { volume: volumes.length, open: null, next: 0, shown: 0, done: false };

  /** The next cases that do match, at most `count`. The first answer ends where it would ask for a further file of
      entries: contents, postings and entries are five files then. Who wants more asks for it. */
  async function next(count) {
    const found = [];
    const seen = new Set();
    while (found.length < count) {
      if (search.open === null || search.next >= search.open.cases.length) {
        if (search.volume === 0) {
          search.done = true;
          break;
        }
        if (search.shown === 0 && found.length > 0) break;
        search.volume -= 1;
        search.open = await open(search.volume);
        search.next = 0;
        continue;
      }
      seen.add(search.open.shelf(search.open.cases[search.next]));
      if (search.shown === 0 && found.length > 0 && seen.size > TOGETHER) break;
      ahead(search.open, search.next, search.shown === 0 ? TOGETHER - seen.size + 1 : TOGETHER);
      const { entry, group } = await search.open.read(search.open.cases[search.next]);
      search.next += 1;
      if (Seek.holds(entry, query.all)) found.push({ entry, group });
    }
    return found;
  }

  /** Asks for the files of the next cases together, so that one does not wait for the other. */
  function ahead({ cases, read, shelf }, from, most) {
    const shelves = new Set();
    for (let at = from; at < cases.length && shelves.size < most; at += 1) {
      if (!shelves.has(shelf(cases[at]))) {
        shelves.add(shelf(cases[at]));
        read(cases[at]).catch(() => {});
      }
    }
  }

  /** An element with its text. */
  function element(name, text, className) {
    const made = document.createElement(name);
    made.textContent = text;
    if (className) made.className = className;
    return made;
  }

  /** Adds a text to an element, what matches inside <mark>. */
  function marked(to, text, from = 0, end = text.length) {
    let at = from;
    for (const [start, stop] of Seek.marks(text, query.all)) {
      if (stop <= at || start >= end) continue;
      to.append(text.slice(at, Math.max(start, at)), element("mark", text.slice(Math.max(start, at), Math.min(stop, end))));
      at = Math.min(stop, end);
    }
    to.append(text.slice(at, end));
    return to;
  }

  /** Facts around the first stretch that matches; nothing where none does. */
  function excerpt(facts) {
    const first = Seek.marks(facts, query.all)[0];
    if (!first) return null;
    const from = Math.max(0, first[0] - AROUND);
    const end = Math.min(facts.length, first[1] + AROUND);
    const line = element("span", from > 0 ? "……" : "", "excerpt");
    marked(line, facts, from, end);
    if (end < facts.length) line.append("……");
    return line;
  }

  /** One case as an item of the list. */
  function item({ entry: [id, day, number, party, about, outcome, facts], group }) {
    const made = document.createElement("li");
    const link = document.createElement("a");
    link.href = `${root}shihou/${group.kind}/${group.year}/${id}/`;
    marked(link.appendChild(document.createElement("b")), party);
    link.append(" ");
    marked(link, about);
    const meta = element("span", `${kinds.get(group.kind) ?? ""} · `, "meta");
    marked(meta, number);
    meta.append(` · ${outcome} · ${day}`);
    made.append(link, meta);
    const line = excerpt(facts);
    if (line) made.append(line);
    return made;
  }

  function say(text) {
    said.textContent = text;
  }

  /** What the list now says. */
  function count() {
    const left = search.open ? search.open.cases.length - search.next : 0;
    const older = search.volume > 0 ? "，更早的还没有查完" : "";
    if (search.shown === 0) return "没有相符的结果。可以少输几个字、换一种说法，或者去掉类别和年份；自然人的姓名已经隐去，不能用来检索。也可以用下面的索引查阅。";
    if (search.done || (left === 0 && search.volume === 0)) return `找到 ${search.shown} 件，已全部列出。`;
    if (search.shown >= MOST) return `已列出最先的 ${search.shown} 件，相符的还有。请多输几个字，或者选类别和年份，缩小范围。`;
    const all = search.open.isExact ? `找到 ${search.shown + left} 件` : `大约找到 ${search.shown + left} 件`;
    return `${all}，已列出最先的 ${search.shown} 件${older}。`;
  }

  async function show() {
    more.disabled = true;
    const before = search.shown;
    const found = await next(Math.min(STEP, MOST - search.shown));
    search.shown += found.length;
    hits.append(...found.map(item));
    hits.hidden = search.shown === 0;
    const left = (search.open ? search.open.cases.length - search.next : 0) + search.volume;
    more.disabled = false;
    more.hidden = search.done || left === 0 || search.shown >= MOST;
    say(count());
    if (before > 0 && found.length > 0) hits.children[before].querySelector("a").focus();
  }

  function run() {
    if (query.long.length === 0) {
      if (query.all.length > 0) say("请输入两个字以上；一个字相符的太多，不能检索。");
      return;
    }
    if (volumes.length === 0) return;
    if (location.protocol === "file:") {
      say("本页是从文件夹直接打开的，浏览器不允许读取检索数据。请用下面的索引，或者从网站打开。");
      return;
    }
    say("正在查找……");
    show().catch(() => say("检索数据没有取到，请刷新重试；也可以用下面的索引查阅。"));
  }

  form.elements.q.value = asked.get("q") ?? "";
  more.addEventListener("click", () => show().catch(() => say("检索数据没有取到，请重试。")));
  run();
})();
