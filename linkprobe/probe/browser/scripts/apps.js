// A page that calls an app while it is still being read would lose the rest of itself: Chromium ends the parser for a
// navigation that leads nowhere, where an app's web view takes the call and lets the page be.
(() => {
  if (!window.navigation) return;
  const web = /^(https?|about|blob|data|javascript|file|filesystem):/i;
  navigation.addEventListener("navigate", (event) => {
    if (document.readyState === "loading" && event.cancelable && !web.test(event.destination.url)) event.preventDefault();
  });
})
