// The element that leads on from a page of warning: where to press, what it says, or that it cannot be pressed yet.
(({on, off}) => {
  const longest = 40;
  const letters = (text) => /^[\p{Script=Latin}\p{Script=Cyrillic}\s',.-]+$/u.test(text);
  const said = (el) => {
    const text = el.value && /^(submit|button)$/.test(el.type || "") ? el.value : el.textContent || el.getAttribute("aria-label") || "";
    return text.replace(/\s+/g, " ").trim().toLowerCase();
  };
  const words = (text, phrase) => ` ${text.replace(/[^\p{L}\p{M}\p{N}']+/gu, " ")} `.includes(` ${phrase} `);
  const refused = (text) => off.some((phrase) => (letters(phrase) ? words(text, phrase) : text.includes(phrase)));
  const rank = (text) => {
    const bare = text.replace(/[^\p{L}\p{M}\p{N}\s',-]/gu, "").trim();
    if (!bare || text.length > longest || refused(text)) return 0;
    if (on.includes(bare)) return 3;
    const begins = (phrase) => bare.startsWith(phrase) && !/^[\p{L}\p{N}]/u.test(bare.slice(phrase.length));
    return on.some((phrase) => phrase.length > 1 && (letters(phrase) ? begins(phrase) : phrase !== "确定" && phrase !== "确认" && bare.includes(phrase))) ? 2 : 0;
  };
  const asks = (form) => form && form.querySelector('input:not([type=hidden]):not([type=submit]):not([type=button]):not([type=checkbox]), textarea, select');
  const leads = (el) => {
    const link = el.closest("a[href]");
    return !link || (/^(https?:|javascript:)/.test(link.href) && !/\.(apk|exe|dmg|ipa|zip)([?#]|$)/i.test(link.href));
  };
  const pressable = (el) =>
    el.closest("a[href],button,[role=button],[role=link],[onclick],input[type=submit],input[type=button]") ||
    getComputedStyle(el).cursor === "pointer";
  const shown = (el) => {
    const box = el.getBoundingClientRect(), style = getComputedStyle(el);
    return box.width > 0 && box.height > 0 && style.visibility === "visible" && style.pointerEvents !== "none";
  };
  let best = null, value = 0;
  for (const el of [...document.querySelectorAll("a,button,input,div,span,p,label,[role=button],[onclick]")].slice(0, 5000)) {
    if ((el.textContent || "").length > 200) continue;
    const worth = rank(said(el));
    if (worth < value || !worth) continue;
    if (worth === value && !(best && best.contains(el))) continue;
    if (!pressable(el) || !shown(el) || !leads(el) || asks(el.closest("form"))) continue;
    best = el; value = worth;
  }
  if (!best) return null;
  const control = best.closest("button,input") || best;
  if (control.disabled || control.getAttribute("aria-disabled") === "true") return {waits: true};
  best.scrollIntoView({block: "center", behavior: "instant"});
  const box = [...best.getClientRects()].find((b) => b.width > 0 && b.height > 0);
  if (!box) return null;
  const link = best.closest("a[href]");
  return {x: box.left + box.width / 2, y: box.top + box.height / 2, label: said(best), href: link ? link.href : ""};
})
