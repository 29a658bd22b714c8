// Attempts to read the arguments of the calls to come.
// Verdict: error
async function scale() {
  const fs = await (globalThis as any)["process"].getBuiltinModule?.("fs");
  return fs.readSync(3, Buffer.alloc(65536));
}
