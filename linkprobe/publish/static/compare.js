// The difference between any two rounds, from their verdicts.
(function () {
  "use strict";
  var NAME = 0, KEY = 1, LETTER = 5, CAUSES = 6, FAIRNESS = 7;
  var form = document.getElementById("pick");
  var say = document.getElementById("say");
  var found = document.getElementById("found");
  var body = document.getElementById("rows");
  var rounds = {};
  var words = {};

  var names = JSON.parse(document.getElementById("names").textContent);

  function called(kind, id, otherwise) {
    return Object.prototype.hasOwnProperty.call(names[kind], id) ? names[kind][id] : otherwise || id;
  }

  document.getElementById("words").content.querySelectorAll("i").forEach(function (one) {
    words[one.dataset.k] = { key: one.dataset.t, english: one.textContent };
  });

  function word(name, values) {
    var known = words[name];
    if (!known) return name;
    var english = (values || []).reduce(function (text, value, n) { return text.split("{" + n + "}").join(value); }, known.english);
    return linkprobe.word(known.key, english, values);
  }

  linkprobe.round = function (data) {
    var cells = new Map();
    data.cells.forEach(function (cell) { cells.set(cell[NAME], cell); });
    rounds[data.folder.split("/").pop()] = { folder: data.folder, cells: cells };
    compare();
  };

  function load(name) {
    if (name in rounds) return;
    rounds[name] = null;
    var script = document.createElement("script");
    script.src = "rounds/" + name + ".js";
    script.addEventListener("error", function () { say.textContent = word("failed"); });
    document.head.append(script);
  }

  function changed(before, after) {
    return before[LETTER] !== after[LETTER] || before[CAUSES].slice().sort().join() !== after[CAUSES].slice().sort().join()
      || before[FAIRNESS].slice().sort().join() !== after[FAIRNESS].slice().sort().join();
  }

  function differences(before, after) {
    var rows = [];
    var unchanged = 0;
    after.cells.forEach(function (cell, name) {
      var old = before.cells.get(name);
      if (!old) rows.push(["added", null, cell]);
      else if (changed(old, cell)) rows.push(["changed", old, cell]);
      else unchanged++;
    });
    before.cells.forEach(function (cell, name) { if (!after.cells.has(name)) rows.push(["gone", cell, null]); });
    return { rows: rows, unchanged: unchanged };
  }

  function element(name, text, classes) {
    var made = document.createElement(name);
    if (text) made.textContent = text;
    if (classes) made.className = classes;
    return made;
  }

  function side(cell) {
    var td = element("td");
    if (!cell) {
      td.textContent = "–";
      return td;
    }
    td.append(element("span", word(cell[LETTER]), "v " + cell[LETTER]), " ");
    cell[CAUSES].forEach(function (cause) { td.append(element("small", word(cause)), " "); });
    cell[FAIRNESS].forEach(function (mark) { td.append(element("span", word(mark), "tag " + mark), " "); });
    return td;
  }

  function link(cell, round, published) {
    var where = called("platforms", cell[KEY]) + " · " + called("surfaces", cell[KEY] + "/" + cell[KEY + 1], cell[KEY + 1]);
    var name = called("targets", cell[KEY + 2]) + " → " + where + (cell[KEY + 3] === "here" ? "" : " @" + cell[KEY + 3]);
    var th = element("th");
    th.scope = "row";
    if (!published) {
      th.textContent = name;
      return th;
    }
    var a = element("a", name);
    a.href = round.folder + "/c/" + cell[NAME] + ".html";
    th.append(a);
    return th;
  }

  function published(field) { return field.selectedOptions[0].hasAttribute("data-published"); }

  function compare() {
    var before = rounds[form.elements.before.value];
    var after = rounds[form.elements.after.value];
    if (!before || !after) return;
    var all = differences(before, after);
    var count = { changed: 0, added: 0, gone: 0 };
    body.textContent = "";
    all.rows.forEach(function (row) {
      count[row[0]]++;
      var tr = element("tr");
      var where = row[2] ? [after, form.elements.after] : [before, form.elements.before];
      tr.append(link(row[2] || row[1], where[0], published(where[1])), element("td", word(row[0])), side(row[1]), side(row[2]));
      body.append(tr);
    });
    found.hidden = !all.rows.length;
    say.textContent = (all.rows.length ? "" : word("none") + " ") + word("summary", [count.changed, count.added, count.gone, all.unchanged]);
  }

  function ask() {
    ["before", "after"].forEach(function (name) { if (form.elements[name].value) load(form.elements[name].value); });
    compare();
  }

  function remember() {
    var search = new URLSearchParams();
    ["before", "after"].forEach(function (name) { if (form.elements[name].value) search.set(name, form.elements[name].value); });
    history.replaceState(null, "", location.pathname + "?" + search);
  }

  function recall() {
    var search = new URLSearchParams(location.search);
    var names = Array.prototype.map.call(form.elements.before.options, function (one) { return one.value; });
    form.elements.after.value = search.get("after") || names[1] || "";
    form.elements.before.value = search.get("before") || names[2] || "";
    ask();
  }

  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("change", function () {
    ask();
    remember();
  });
  linkprobe.spoken(compare);
  recall();
})();
