// Before anything is painted: what the reader chose last time.
(function () {
  "use strict";
  var root = document.documentElement;
  try {
    var theme = localStorage.getItem("linkprobe-theme");
    var language = localStorage.getItem("linkprobe-language");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    if (language === "zh") root.lang = "zh";
  } catch (refused) {
    // A browser that keeps nothing shows the page as the system likes it.
  }
  root.classList.add("scripted");
  // The matrix is drawn once, when all of it is there and the page's head has been painted; or soon, on a slow line.
  function ready() { root.classList.add("ready"); }
  document.addEventListener("DOMContentLoaded", function () {
    requestAnimationFrame(function () { setTimeout(ready); });
  });
  setTimeout(ready, 500);
})();
