// Ways of display: remembers on this device which one a reader chose, and says when a page is old.
// Every page is whole without it; without it a mode lasts for the page, by its link alone.
(function () {
  "use strict";
  var KEY = "gongshi-mode";
  var SIZES = ["dazi", "teda"];
  var ALL = SIZES.concat("gaoduibi", "zhangbei");
  var root = document.documentElement;

  function read() {
    try {
      return (localStorage.getItem(KEY) || "").split(" ").filter(function (m) { return ALL.indexOf(m) >= 0; });
    } catch (refused) {
      return (root.getAttribute("data-mode") || "").split(" ").filter(Boolean);
    }
  }

  function apply(modes) {
    if (modes.length) root.setAttribute("data-mode", modes.join(" "));
    else root.removeAttribute("data-mode");
    try {
      if (modes.length) localStorage.setItem(KEY, modes.join(" "));
      else localStorage.removeItem(KEY);
    } catch (refused) { /* private windows: the mode lasts for this page */ }
  }

  /** The modes after a click on one: sizes exclude each other, the others are switched on and off. */
  function toggled(modes, mode) {
    if (mode === "biaozhun") return [];
    if (modes.indexOf(mode) >= 0) return modes.filter(function (m) { return m !== mode; });
    var isSize = SIZES.indexOf(mode) >= 0;
    return modes.filter(function (m) { return !isSize || SIZES.indexOf(m) < 0; }).concat(mode);
  }

  function mark(modes) {
    document.querySelectorAll(".modes a").forEach(function (link) {
      var mode = link.hash.slice(1);
      var on = mode === "biaozhun" ? modes.length === 0 : modes.indexOf(mode) >= 0;
      if (on) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
  }

  // A link with a mode in it switches the mode on for good; the mark is taken off the address again.
  var asked = location.hash.slice(1);
  if (ALL.indexOf(asked) >= 0) {
    var before = read();
    apply(before.indexOf(asked) >= 0 ? before : toggled(before, asked));
    history.replaceState(null, "", location.pathname + location.search);
  } else {
    apply(read());
  }

  document.addEventListener("DOMContentLoaded", function () {
    var bar = document.querySelector(".modes");
    if (bar) {
      mark(read());
      var said = document.createElement("p");
      said.className = "said";
      said.setAttribute("role", "status");
      bar.appendChild(said);
      bar.addEventListener("click", function (event) {
        var link = event.target.closest ? event.target.closest("a") : null;
        if (!link) return;
        event.preventDefault();
        var mode = link.hash.slice(1);
        var modes = toggled(read(), mode);
        apply(modes);
        mark(modes);
        var on = mode === "biaozhun" || modes.indexOf(mode) >= 0;
        said.textContent = bar.getAttribute(on ? "data-on" : "data-off") + link.textContent;
      });
    }
    var stale = document.querySelector(".stale");
    if (stale) {
      var age = (Date.now() - Date.parse(stale.getAttribute("data-as-of"))) / 864e5;
      stale.hidden = !(age > Number(stale.getAttribute("data-days")));
    }
  });
})();
