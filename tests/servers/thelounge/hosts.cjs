// Names that tests give to sites on loopback resolve in Node.js as they do in the tests' browser, and no others do.
const dns = require("node:dns");
const net = require("node:net");
const lookup = dns.lookup;
const here = {address: "127.0.0.1", family: 4};

dns.lookup = (name, options, answer = options) => {
  if (net.isIP(name) || name === "localhost") return lookup(name, options, answer);
  if (!name.endsWith(".example")) {
    const error = Object.assign(new Error(`getaddrinfo ENOTFOUND ${name}`), {code: "ENOTFOUND", hostname: name});
    return process.nextTick(answer, error);
  }
  return process.nextTick(() => (options.all ? answer(null, [here]) : answer(null, here.address, here.family)));
};
