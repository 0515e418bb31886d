// The matrix: planes, filters in the URL, arrow keys. The table is complete without this.
(function () {
  "use strict";
  var PLANES = ["whole", "send", "display", "open"];
  var STATES = { o: "open", d: "degraded", s: "shielded", w: "down", g: "gated", i: "inconclusive", k: "skipped", f: "flapping", u: "unreached" };
  var SILENT = "wgikf";
  var ACCUSING = "ds";
  var FIRST = "#".charCodeAt(0);
  var told = JSON.parse(document.getElementById("kinds").textContent);
  var kinds = told.kinds;
  var matrix = document.getElementById("matrix");
  var tables = Array.prototype.slice.call(matrix.querySelectorAll("table"));
  var form = document.getElementById("filters");
  var count = document.getElementById("count");
  var none = document.getElementById("none");
  var columns = [];
  var rows = [];
  var met = 0;
  var plane = 0;

  function words(element) { return element.textContent.toLowerCase(); }

  function read() {
    var names = {};
    var first = tables[0].tHead;
    first.rows[0].querySelectorAll("[data-p]").forEach(function (th, n) { names[th.dataset.p] = [n + 1, words(th)]; });
    columns = Array.prototype.map.call(first.rows[1].cells, function (th) {
      var head = names[th.dataset.p];
      return { head: head[0], platform: th.dataset.p, vantage: th.dataset.w, text: words(th) + " " + th.dataset.p.toLowerCase() + " " + head[1], visible: true };
    });
    tables.forEach(function (table) {
      Array.prototype.forEach.call(table.tBodies[0].rows, function (tr) {
        rows.push({ tr: tr, table: table, category: table.dataset.c, owner: tr.dataset.o, text: words(tr.cells[0]), cells: cellsOf(tr) });
      });
    });
  }

  function cellsOf(tr) {
    var found = [];
    for (var n = 1; n < tr.cells.length; n++) {
      var td = tr.cells[n];
      found.push({ td: td, kind: td.className ? told.cells.charCodeAt(met++) - FIRST : -1, out: false });
    }
    return found;
  }

  // What a kind of cell shows on the chosen plane: its letter, and the cause that names it there.
  function shownOf(kind) {
    var letter = kind[0][plane];
    var causes = kind[1].filter(function (cause) { return plane === 0 || cause[1] === plane - 1; });
    var accused = ACCUSING.indexOf(letter) >= 0;
    var mark = kind[2].indexOf("discriminatory") >= 0 ? "q" : kind[2].indexOf("unsafe") >= 0 ? "z" : "";
    return { letter: letter, cause: accused && causes.length ? causes[0][0] : "", mark: plane === 0 || accused ? mark : "" };
  }

  // The filters' choices say every word in the reader's language already.
  function choiceText(name, value) {
    var option = Array.prototype.find.call(form.elements[name].options, function (one) { return one.value === value; });
    return option ? option.textContent : value;
  }

  function wordOf(letter) {
    if (letter === "u") return linkprobe.word("verdict.unreached", "no such step");
    return choiceText("verdict", STATES[letter]);
  }

  // Writes every cell anew; few kinds exist, so each is worked out once.
  function draw() {
    var shown = kinds.map(function (kind) {
      var what = shownOf(kind);
      var cause = what.cause && choiceText("cause", what.cause);
      return { name: what.letter + (what.mark ? " " + what.mark : ""), word: wordOf(what.letter), cause: cause };
    });
    rows.forEach(function (row) {
      row.cells.forEach(function (cell) { if (cell.kind >= 0) write(cell, shown[cell.kind]); });
    });
  }

  function write(cell, what) {
    var link = cell.td.firstChild;
    var name = what.name + (cell.out ? " out" : "");
    if (cell.td.className !== name) cell.td.className = name;
    if (link.firstChild.data !== what.word) link.firstChild.data = what.word;
    var note = link.childNodes[1];
    if (note && !what.cause) note.remove();
    else if (note && note.textContent !== what.cause) note.textContent = what.cause;
    else if (!note && what.cause) link.append(Object.assign(document.createElement("i"), { textContent: what.cause }));
  }

  function asked() {
    var choice = {};
    Array.prototype.forEach.call(form.elements, function (field) {
      if (field.name && field.name !== "plane") choice[field.name] = field.value;
    });
    return choice;
  }

  function matching(choice) {
    return kinds.map(function (kind) {
      var letter = kind[0][plane];
      if (choice.verdict === "none" && SILENT.indexOf(letter) < 0) return false;
      if (choice.verdict && choice.verdict !== "none" && STATES[letter] !== choice.verdict) return false;
      if (choice.cause && !kind[1].some(function (cause) { return cause[0] === choice.cause; })) return false;
      return !choice.fairness || kind[2].indexOf(choice.fairness) >= 0;
    });
  }

  function filter() {
    var choice = asked();
    var fits = matching(choice);
    var narrow = !!(choice.verdict || choice.cause || choice.fairness);
    var search = (choice.q || "").trim().toLowerCase();
    var byColumn = search && columns.some(function (column) { return column.text.indexOf(search) >= 0; });
    var open = columns.map(function (column) {
      return (!choice.platform || column.platform === choice.platform) && (!choice.vantage || column.vantage === choice.vantage)
        && (!byColumn || column.text.indexOf(search) >= 0);
    });
    var used = columns.map(function () { return !narrow; });
    var total = 0;
    rows.forEach(function (row) {
      row.visible = (!choice.category || row.category === choice.category) && (!choice.owner || row.owner === choice.owner)
        && (!search || byColumn || row.text.indexOf(search) >= 0);
      var here = 0;
      row.cells.forEach(function (cell, n) {
        cell.fits = row.visible && open[n] && cell.kind >= 0 && fits[cell.kind];
        if (cell.fits) { here++; used[n] = true; }
      });
      row.visible = row.visible && (here > 0 || !(narrow || choice.platform || choice.vantage || byColumn));
      total += row.visible ? here : 0;
    });
    show(open.map(function (is, n) { return is && used[n]; }));
    tell(total);
  }

  function show(visible) {
    var changed = columns.map(function (column, n) { return column.visible !== visible[n]; });
    rows.forEach(function (row) {
      if (row.tr.hidden === row.visible) row.tr.hidden = !row.visible;
      row.cells.forEach(function (cell, n) {
        if (changed[n]) cell.td.hidden = !visible[n];
        if (cell.out !== !cell.fits) {
          cell.out = !cell.fits;
          cell.td.classList.toggle("out", cell.out);
        }
      });
    });
    columns.forEach(function (column, n) {
      column.visible = visible[n];
    });
    if (changed.some(Boolean)) tables.forEach(heads);
    groups();
  }

  function heads(table) {
    var spans = new Map();
    columns.forEach(function (column, n) {
      spans.set(column.head, (spans.get(column.head) || 0) + (column.visible ? 1 : 0));
      table.tHead.rows[1].cells[n].hidden = !column.visible;
    });
    table.querySelector("col + col").span = columns.filter(function (column) { return column.visible; }).length || 1;
    spans.forEach(function (span, head) {
      var th = table.tHead.rows[0].cells[head];
      th.hidden = !span;
      if (span) th.colSpan = span;
    });
  }

  function groups() {
    var used = new Set();
    rows.forEach(function (row) { if (row.visible) used.add(row.table); });
    tables.forEach(function (table) { table.parentNode.hidden = !used.has(table); });
    none.hidden = used.size > 0;
  }

  function tell(total) {
    var all = count.dataset.total;
    count.textContent = linkprobe.word("filter.shown", total + " of " + all + " cells shown", [total, all]);
    focusable(first());
  }

  // The URL holds the choice; a link to it shows the same.
  function remember() {
    var choice = asked();
    var search = new URLSearchParams();
    if (plane) search.set("plane", PLANES[plane]);
    Object.keys(choice).forEach(function (name) { if (choice[name]) search.set(name, choice[name]); });
    var query = search.toString();
    history.replaceState(null, "", location.pathname + (query ? "?" + query : "") + location.hash);
  }

  function recall() {
    var search = new URLSearchParams(location.search);
    plane = Math.max(0, PLANES.indexOf(search.get("plane") || "whole"));
    form.elements.plane.value = PLANES[plane];
    Object.keys(asked()).forEach(function (name) {
      var field = form.elements[name];
      field.value = search.get(name) || "";
      if (field.selectedIndex < 0) field.value = "";
    });
    if (plane) draw();
    filter();
  }

  function changed() {
    var before = plane;
    plane = PLANES.indexOf(form.elements.plane.value);
    if (plane !== before) draw();
    filter();
    remember();
  }

  // One stop for the Tab key; arrow keys go on from there.
  var current = null;

  function focusable(link) {
    if (current) current.tabIndex = -1;
    current = link;
    if (current) current.tabIndex = 0;
  }

  function usable(cell, n) { return cell.kind >= 0 && !cell.out && columns[n].visible; }

  function first() {
    for (var r = 0; r < rows.length; r++) {
      if (!rows[r].visible) continue;
      for (var n = 0; n < columns.length; n++) if (usable(rows[r].cells[n], n)) return rows[r].cells[n].td.firstChild;
    }
    return null;
  }

  var STEPS = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0], Home: [0, -Infinity], End: [0, Infinity] };

  function place(link) {
    var tr = link.closest("tr");
    var r = rows.findIndex(function (row) { return row.tr === tr; });
    return [r, link.parentNode.cellIndex - 1];
  }

  function move(event) {
    var step = STEPS[event.key];
    var link = event.target.closest("td a");
    if (!step || !link || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    var next = Math.abs(step[1]) === Infinity ? edge(place(link)[0], step[1] > 0) : beside(place(link), step);
    if (next) next.focus();
  }

  function beside(at, step) {
    var r = at[0] + step[0];
    var n = at[1] + step[1];
    while (rows[r] && columns[n]) {
      if (rows[r].visible && usable(rows[r].cells[n], n)) return rows[r].cells[n].td.firstChild;
      r += step[0];
      n += step[1];
    }
    return null;
  }

  function edge(r, last) {
    var found = rows[r].cells.filter(function (cell, n) { return usable(cell, n); });
    return found.length ? found[last ? found.length - 1 : 0].td.firstChild : null;
  }

  read();
  rows.forEach(function (row) { row.cells.forEach(function (cell) { if (cell.kind >= 0) cell.td.firstChild.tabIndex = -1; }); });
  form.hidden = false;
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("input", changed);
  form.addEventListener("reset", function () { setTimeout(changed); });
  window.addEventListener("popstate", recall);
  matrix.addEventListener("keydown", move);
  matrix.addEventListener("click", function (event) {
    if (event.target.tagName === "TD" && event.target.firstChild) event.target.firstChild.click();
  });
  matrix.addEventListener("focusin", function (event) { if (event.target.closest("td a")) focusable(event.target); });
  document.querySelectorAll("a[data-verdict]").forEach(function (tile) {
    tile.addEventListener("click", function (event) {
      event.preventDefault();
      form.elements.verdict.value = form.elements.verdict.value === tile.dataset.verdict ? "" : tile.dataset.verdict;
      changed();
    });
  });
  linkprobe.spoken(function () { draw(); filter(); });
  recall();
})();
