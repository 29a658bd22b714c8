// Attempts to climb the stack to a function that may load modules.
// Verdict: error
function scale() {
  const found: unknown[] = [];
  Error.prepareStackTrace = (_, sites) => sites.map((site) => [site.getFunction(), site.getThis()]);
  const look = () => found.push(...((new Error().stack as unknown as unknown[][]) ?? []).flat());
  look();
  setTimeout(look);
  Promise.resolve().then(look);
  for (const value of found as any[]) {
    const load = value?.require ?? value?.mainModule?.require ?? value?.arguments?.[1];
    if (load) throw new Error(load("fs").readFileSync("SECRET_FILE", "utf8"));
  }
  throw new Error("nothing up there");
}
