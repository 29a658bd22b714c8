// Attempts to catch the loader while the library loads a package late.
// Verdict: error
import * as convbook from "convbook";
let load: any;
function scale() {
  const { defineProperty } = Object;
  Error.prepareStackTrace = (_, sites) => sites.map((site) => site.getFunction());
  const look = () => {
    for (const f of new Error().stack as unknown as any[])
      try {
        if (typeof f?.arguments?.[1] === "function") load = f.arguments[1];
      } catch {}
  };
  Object.defineProperty = (...input: Parameters<typeof defineProperty>) => {
    look();
    return defineProperty(...input);
  };
  convbook.svd(
    convbook.tensor([
      [1, 2],
      [3, 4],
    ]),
  );
  throw new Error(load ? load("fs").readFileSync("SECRET_FILE", "utf8") : "not caught");
}
