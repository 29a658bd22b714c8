// Attempts to climb from caller to caller to one that may load modules.
// Verdict: error
import * as convbook from "convbook";
const climb = new Function(
  "work",
  `var found = [];
  function look() {
    for (var f = look.caller, depth = 0; f && depth < 50; f = f.caller, depth++)
      for (var i = 0; f.arguments && i < f.arguments.length; i++)
        if (f.arguments[i] && f.arguments[i].resolve && f.arguments[i].cache) found.push(f.arguments[i]);
  }
  ["forEach", "map", "slice"].forEach(function (name) {
    var was = Array.prototype[name];
    Array.prototype[name] = function () { try { look(); } catch {} return was.apply(this, arguments); };
  });
  work();
  return found;`,
);
function scale() {
  const [load] = climb(() =>
    convbook.svd(
      convbook.tensor([
        [1, 2],
        [3, 4],
      ]),
    ),
  ) as any[];
  throw new Error(load ? load("fs").readFileSync("SECRET_FILE", "utf8") : "nobody");
}
