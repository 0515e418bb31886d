// What the elements of a selector say that can be seen. Those that stand in a list before the message with the token are
// older than it.
(({selector, message, token}) => {
  const own = [...document.querySelectorAll(message)].filter((el) => el.textContent.includes(token)).pop();
  const older = (el) =>
    !!own && own.parentElement.contains(el) && !!(el.compareDocumentPosition(own) & Node.DOCUMENT_POSITION_FOLLOWING);
  return [...document.querySelectorAll(selector)]
    .filter((el) => el.getClientRects().length > 0)
    .map((el) => ({text: (el.innerText || "").replace(/\s+/g, " ").trim(), older: older(el)}))
    .filter(({text}) => text);
})
