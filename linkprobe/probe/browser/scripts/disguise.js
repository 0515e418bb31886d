// Runs before the page's own scripts, in every page and tab of the context. Says nothing where the browser
// already tells the same story, which it does in the first tab.
(({hints, platform, languages, bridge, word}) => {
  const define = (name, get) => Object.defineProperty(Navigator.prototype, name, {get, configurable: true, enumerable: true});

  if (navigator.platform !== platform) define("platform", () => platform);
  if (navigator.languages.join() !== languages.join()) define("languages", () => Object.freeze([...languages]));
  if (!hints) delete Navigator.prototype.userAgentData;
  else if (isSecureContext && !(navigator.userAgentData && navigator.userAgentData.brands.length)) {
    const low = () => ({brands: hints.brands, mobile: hints.mobile, platform: hints.platform});
    const high = {...hints, uaFullVersion: hints.fullVersion};
    const data = {
      ...low(),
      toJSON: low,
      getHighEntropyValues: async (names) => ({...low(), ...Object.fromEntries(names.filter((n) => n in high).map((n) => [n, high[n]]))}),
    };
    define("userAgentData", () => data);
  }

  if (!bridge) return;
  const say = console.debug.bind(console);
  const written = (values) => {
    try { return JSON.stringify(values.filter((v) => typeof v !== "function")).slice(0, 400); } catch { return "?"; }
  };
  const listens = /^(on|once|off|addEventListener|removeEventListener|subscribe|registerHandler)$/;
  const called = (object, method) => (...values) => {
    say(word, `${object}.${method}`, written(values));
    if (listens.test(method)) return;
    const answer = values.findLast((v) => typeof v === "function");
    const name = typeof values[0] === "string" ? values[0] : method;
    if (answer) setTimeout(() => answer({err_msg: `${name}:ok`}), 0);
  };
  const put = (path, value) => {
    const names = path.split(".");
    const last = names.pop();
    let at = window;
    for (const name of names) at = at[name] ??= {};
    at[last] = value;
  };
  for (const [name, value] of Object.entries(bridge.variables)) put(name, value);
  for (const [name, methods] of Object.entries(bridge.objects))
    put(name, Object.fromEntries(methods.map((method) => [method, called(name, method)])));
  if (bridge.ready_event)
    document.addEventListener("DOMContentLoaded", () => document.dispatchEvent(new Event(bridge.ready_event)));
})
