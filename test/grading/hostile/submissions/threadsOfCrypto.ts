// Attempts to go on computing in the threads that Node itself has.
// Verdict: failed
function scale() {
  const { subtle } = (globalThis as any).crypto;
  const settings = { name: "PBKDF2", hash: "SHA-512", salt: new Uint8Array(8), iterations: 1e9 };
  for (let i = 0; i < 4; i++)
    subtle
      .importKey("raw", new Uint8Array(8), "PBKDF2", false, ["deriveBits"])
      .then((key: unknown) => subtle.deriveBits(settings, key, 512));
  return new Promise((resolve) => setTimeout(() => resolve(0), 10));
}
