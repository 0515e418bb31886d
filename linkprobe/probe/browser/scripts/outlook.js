// Whether the page may yet move on by itself: a timer that speaks of navigation, or a thin page that counts down.
((word) => {
  const leaves = /location|\.href|\.submit\s*\(|\.click\s*\(|\bopen\s*\(|history\.|redirect|jump/i;
  const counts = /(?:^|[^\d.:])\d{1,2}\s*(?:(?:s|secs?|seconds?|сек|секунд[аы]?|saniye|sekunden?|segundos?|secondes?|secondi|giây|detik)(?!\p{L})|秒|초|วินาที|ثانية)/iu;
  const thin = 2000;
  const timers = typeof window[word] === "function" ? window[word]() : [];
  if (!timers.length) return false;
  const source = (work) => typeof work === "function" ? Function.prototype.toString.call(work) : String(work);
  const now = performance.now();
  if (timers.some((t) => (t.repeats || t.due > now) && leaves.test(source(t.work)))) return true;
  const text = document.body ? document.body.innerText : "";
  if (text.length > thin) return false;
  if (timers.some((t) => !t.repeats && t.due > now)) return true;
  return counts.test(text) && timers.some((t) => t.repeats && t.delay <= 1500);
})
