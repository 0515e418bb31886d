// Theme and language, on every page.
(function () {
  "use strict";
  var root = document.documentElement;
  var base = document.body.dataset.root;
  var chinese = null;
  var english = new Map();
  var listeners = [];

  function keep(name, value) {
    try {
      if (value) localStorage.setItem(name, value);
      else localStorage.removeItem(name);
    } catch (refused) {
      // Nothing is kept; the choice holds for this page.
    }
  }

  function filled(text, values) {
    return values.reduce(function (said, value, n) { return said.split("{" + n + "}").join(named(value)); }, text);
  }

  // A value that is the key of a word, told by its @, is said in the reader's language too.
  function named(value) {
    var key = String(value).charAt(0) === "@" ? value.slice(1) : "";
    return key && Object.prototype.hasOwnProperty.call(chinese, key) ? chinese[key] : value;
  }

  // The words of `key` in the reader's language, or `fallback` where there are none.
  function word(key, fallback, values) {
    var said = root.lang === "zh" && chinese ? chinese[key] : undefined;
    return said === undefined ? fallback : filled(said, values || []);
  }

  function sayText(element) {
    if (!english.has(element)) english.set(element, element.textContent);
    var values = element.dataset.v === undefined ? [] : element.dataset.v.split("|");
    element.textContent = word(element.dataset.t, english.get(element), values);
  }

  function sayLabel(element) {
    var key = element.getAttribute("data-t-aria-label");
    if (!element.dataset.english) element.dataset.english = element.getAttribute("aria-label");
    element.setAttribute("aria-label", word(key, element.dataset.english));
  }

  function say(where) {
    where.querySelectorAll("[data-t]").forEach(sayText);
    where.querySelectorAll("[data-t-aria-label]").forEach(sayLabel);
  }

  function sayAll() {
    say(document);
    var button = document.getElementById("language");
    button.textContent = root.lang === "zh" ? "English" : "中文";
    button.lang = root.lang === "zh" ? "en" : "zh";
    listeners.forEach(function (listener) { listener(); });
  }

  function speak(language) {
    root.lang = language;
    keep("linkprobe-language", language === "zh" ? "zh" : "");
    if (language !== "zh" || chinese) {
      sayAll();
      return;
    }
    var script = document.createElement("script");
    script.src = base + "static/zh.js";
    document.head.append(script);
  }

  window.linkprobe = {
    word: word,
    say: say,
    spoken: function (listener) { listeners.push(listener); },
    words: function (given) {
      chinese = given;
      sayAll();
    },
  };

  var theme = document.getElementById("theme");
  theme.hidden = false;
  theme.value = root.dataset.theme || "";
  theme.addEventListener("change", function () {
    if (theme.value) root.dataset.theme = theme.value;
    else delete root.dataset.theme;
    keep("linkprobe-theme", theme.value);
  });

  var language = document.getElementById("language");
  language.hidden = false;
  language.addEventListener("click", function () { speak(root.lang === "zh" ? "en" : "zh"); });
  if (root.lang === "zh") speak("zh");
})();
