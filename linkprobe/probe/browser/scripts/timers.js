// Keeps the list of timers that are still to fire, for the settle rule. Proxies, so that the functions read as native.
((word) => {
  if (window !== window.top || word in window) return;
  const waiting = new Map();
  const watch = (name, clear, repeats) => {
    window[name] = new Proxy(window[name], {
      apply(target, self, values) {
        const [work, delay] = values;
        if (!(delay >= 500 && delay <= 15000) || waiting.size > 200) return Reflect.apply(target, self, values);
        let id = 0;
        if (!repeats && typeof work === "function")
          values[0] = function (...rest) { waiting.delete(id); return work.apply(this, rest); };
        id = Reflect.apply(target, self, values);
        waiting.set(id, {work, delay, repeats, due: performance.now() + delay});
        return id;
      },
    });
    window[clear] = new Proxy(window[clear], {
      apply(target, self, values) { waiting.delete(values[0]); return Reflect.apply(target, self, values); },
    });
  };
  watch("setTimeout", "clearTimeout", false);
  watch("setInterval", "clearInterval", true);
  Object.defineProperty(window, word, {value: () => [...waiting.values()], enumerable: false});
})
