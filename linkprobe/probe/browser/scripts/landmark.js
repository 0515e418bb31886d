// Resolves to whether the landmark is there, as soon as it is or when the time is up.
((landmark, milliseconds) => {
  const squeezed = (text) => text.replace(/\s+/g, " ").trim().toLowerCase();
  const canonical = () => {
    const link = document.querySelector('link[rel~="canonical"]');
    return link ? link.href : "";
  };
  const selected = () => {
    try { return Boolean(document.querySelector(landmark.selector)); } catch { return false; }
  };
  const there = () =>
    (!landmark.text || squeezed(document.body ? document.body.innerText : "").includes(squeezed(landmark.text))) &&
    (!landmark.selector || selected()) &&
    (!landmark.canonical || canonical() === landmark.canonical);
  if (there() || !milliseconds) return there();
  return new Promise((resolve) => {
    let checking = 0;
    const end = (result) => { watcher.disconnect(); resolve(result); };
    const watcher = new MutationObserver(() => {
      checking ||= setTimeout(() => { checking = 0; if (there()) end(true); }, 50);
    });
    watcher.observe(document, {childList: true, subtree: true, characterData: true});
    setTimeout(() => end(there()), milliseconds);
  });
})
