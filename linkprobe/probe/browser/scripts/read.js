// The document as it stands. Cut to size here, so that a huge page never travels.
((most) => {
  const root = document.documentElement;
  const html = root ? root.outerHTML : "";
  return {url: document.URL, type: document.contentType, html: html.slice(0, most), cut: html.length > most};
})
