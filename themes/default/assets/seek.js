// What search knows without a page: how texts are folded, which files a query needs, what the files say.
// Must not touch the page or the network. The folding is that of src/site/search/fold.rs.
"use strict";

const Seek = (() => {
  /** Letters of the lists, each worth its place. */
  const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZaeioul";
  /** What stays of a folded text: letters, figures, and what only a bureau's own font knows. */
  const KEPT = /^[\p{Alphabetic}\p{N}\p{Co}\p{Cn}]$/u;
  /** Most files of postings that one query asks for. */
  const MOST_FILES = 2;

  /** A text folded, and for each folded character where in the text it came from. */
  function fold(text) {
    const letters = [];
    const from = [];
    let at = 0;
    for (const c of text) {
      for (const part of c.normalize("NFKD")) {
        for (const low of part.toLowerCase()) {
          if (!KEPT.test(low)) continue;
          letters.push(low);
          from.push([at, at + c.length]);
        }
      }
      at += c.length;
    }
    return { letters, from };
  }

  /** The words of a query, folded, and those of them that the index can be asked for. */
  function words(query) {
    const all = query.split(/\s+/u).map((word) => fold(word).letters).filter((word) => word.length > 0);
    return { all, long: all.filter((word) => word.length > 1) };
  }

  /** The pairs of neighbors of folded words, each once. */
  function pairs(folded) {
    const all = folded.flatMap((word) => word.slice(1).map((c, i) => word[i] + c));
    return [...new Set(all)];
  }

  /** Place of the last entry of a sorted list that is not above `wanted`; -1 for none. */
  function floor(sorted, wanted) {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle] <= wanted) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /** Which files of postings to fetch for these pairs: those of the rarest. `null` where a pair stands nowhere. */
  function choose(contents, wanted) {
    const common = contents.common.split(" ");
    const rank = (pair) => {
      const at = common.indexOf(pair);
      return at < 0 ? common.length : at;
    };
    const files = [];
    for (const pair of [...wanted].sort((a, b) => rank(b) - rank(a))) {
      const file = floor(contents.firsts, pair);
      if (file < 0) return null;
      if (!files.includes(file) && files.length < MOST_FILES) files.push(file);
    }
    return files;
  }

  /** The case numbers of a list. */
  function numbers(list) {
    const found = [];
    if (list.startsWith("=")) {
      for (let i = 1; i < list.length; i += 1) {
        const bits = LETTERS.indexOf(list[i]);
        for (let bit = 0; bit < 5; bit += 1) if (bits & (1 << bit)) found.push((i - 1) * 5 + bit);
      }
      return found;
    }
    let [next, gap, shift] = [0, 0, 0];
    for (const letter of list) {
      const value = LETTERS.indexOf(letter);
      gap |= (value & 15) << shift;
      shift += 4;
      if (value >= 16) continue;
      found.push(next + gap);
      next += gap + 1;
      [gap, shift] = [0, 0];
    }
    return found;
  }

  /** The cases with those of the first `most` files of entries in front, so that a first answer needs no other file. */
  function gathered(cases, shelf, most) {
    const near = new Set();
    for (const n of cases) if (near.size < most) near.add(shelf(n));
    return [...cases.filter((n) => near.has(shelf(n))), ...cases.filter((n) => !near.has(shelf(n)))];
  }

  /** Cases that have all pairs of which the fetched postings tell: in their heads first, newest year first. */
  function candidates(contents, postings, wanted, filter, near = (cases) => cases) {
    const told = wanted.filter((pair) => postings.files.includes(floor(contents.firsts, pair)));
    const inHead = new Uint8Array(contents.cases);
    const anywhere = new Uint8Array(contents.cases);
    for (const pair of told) {
      const [head, facts] = (postings.lists[pair] ?? ".").split(".");
      for (const n of numbers(head)) {
        inHead[n] += 1;
        anywhere[n] += 1;
      }
      for (const n of numbers(facts)) anywhere[n] += 1;
    }
    const groups = contents.groups
      .filter((group) => (!filter.kind || group.kind === filter.kind) && (!filter.year || String(group.year) === filter.year))
      .sort((a, b) => b.year - a.year || (a.kind < b.kind ? -1 : 1));
    const [first, second] = [[], []];
    for (const group of groups) {
      for (let n = group.first; n < group.first + group.cases; n += 1) {
        if (inHead[n] === told.length) first.push(n);
        else if (anywhere[n] === told.length) second.push(n);
      }
    }
    return [...near(first), ...near(second)];
  }

  /** Where in folded letters a word begins; -1 for nowhere. */
  function find(letters, word, from) {
    for (let at = from; at + word.length <= letters.length; at += 1) {
      if (word.every((c, i) => letters[at + i] === c)) return at;
    }
    return -1;
  }

  /** The stretches of a text that the words stand in: sorted, without overlap. */
  function marks(text, folded) {
    const { letters, from } = fold(text);
    const found = [];
    for (const word of folded) {
      for (let at = find(letters, word, 0); at >= 0; at = find(letters, word, at + 1)) {
        found.push([from[at][0], from[at + word.length - 1][1]]);
      }
    }
    found.sort((a, b) => a[0] - b[0]);
    const joined = [];
    for (const [start, end] of found) {
      const last = joined[joined.length - 1];
      if (last && start <= last[1]) last[1] = Math.max(last[1], end);
      else joined.push([start, end]);
    }
    return joined;
  }

  /** Whether all words stand in the entry; what was cut off at the end of its facts may hold any. */
  function holds(entry, folded) {
    const texts = [entry[2], entry[3], entry[4], entry[6]].map((text) => fold(text).letters);
    return folded.every((word) => entry[7] === 1 || texts.some((letters) => find(letters, word, 0) >= 0));
  }

  return { fold, words, pairs, floor, choose, numbers, gathered, candidates, marks, holds };
})();
