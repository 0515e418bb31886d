// The message that holds the token, as its reader sees it: text, links, card. With `press`, where that link can be
// pressed, and whether the message itself is what stands there. Null where there is no such message, or no such link.
(({message, body, link, card, token, press}) => {
  const spaced = (text) => (text || "").replace(/\s+/g, " ").trim();
  const drawn = (el) => el.getClientRects().length > 0;
  const within = (root, selector) => (root.matches(selector) ? [root] : []).concat([...root.querySelectorAll(selector)]);
  const whole = (address) => {
    try { return address ? new URL(address, document.baseURI).href : ""; } catch { return ""; }
  };

  const found = [...document.querySelectorAll(message)].filter((el) => drawn(el) && el.textContent.includes(token)).pop();
  if (!found) return null;

  const holders = card && card.at ? within(found, card.at) : card ? [found] : [];
  const ofCard = (el) => card && card.at && holders.some((holder) => holder.contains(el));
  const address = (el) => {
    const own = typeof el.href === "string" ? el.href : whole(el.getAttribute("data-href"));
    const near = own ? null : el.closest("a[href]") || el.querySelector("a[href]");
    const written = spaced(el.textContent);
    return own || (near ? near.href : /^https?:\/\/\S+$/i.test(written) ? written : "");
  };
  const place = (body && found.querySelector(body)) || found;
  const linked = within(place, link)
    .filter((el) => drawn(el) && !ofCard(el))
    .map((el) => ({el, url: address(el)}))
    .filter(({url}) => /^https?:/i.test(url));

  if (press) {
    const chosen = linked.find(({url}) => url === press);
    if (!chosen) return null;
    chosen.el.scrollIntoView({block: "center", behavior: "instant"});
    const box = [...chosen.el.getClientRects()].find(({width, height}) => width > 0 && height > 0);
    if (!box) return null;
    const x = box.left + box.width / 2, y = box.top + box.height / 2;
    const hit = document.elementFromPoint(x, y);
    return {x, y, free: !!hit && found.contains(hit)};
  }

  const part = (holder, selector) => (selector ? within(holder, selector)[0] : null);
  const said = (holder, selector) => spaced((part(holder, selector) || {}).textContent);
  const given = (holder, selector, ...names) => {
    const el = part(holder, selector);
    return whole(el ? names.map((name) => el.getAttribute(name)).find(Boolean) : "");
  };
  const read = (holder) => ({
    title: said(holder, card.title),
    description: said(holder, card.description),
    image: given(holder, card.image, "src", "data-src", "content", "href"),
    url: given(holder, card.url, "href", "content"),
  });
  const text = holders.filter((holder) => card.at && place.contains(holder))
    .reduce((rest, holder) => rest.replace(holder.innerText, "\n"), place.innerText);
  const cards = holders.map(read).filter(({title, description, image}) => title || description || image);
  return {text: spaced(text), links: [...new Set(linked.map(({url}) => url))], card: cards[0] || null};
})
