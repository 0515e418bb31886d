// What the elements of a selector say, one text for each that can be seen.
((selector) =>
  [...document.querySelectorAll(selector)]
    .filter((el) => el.getClientRects().length > 0)
    .map((el) => (el.innerText || "").replace(/\s+/g, " ").trim())
    .filter(Boolean))
