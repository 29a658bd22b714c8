// Attempts to go on in a thread when its call has ended.
// Verdict: error
async function scale() {
  const { Worker } = await new Function("return import('node:worker_threads')")();
  new Worker("for (;;);", { eval: true });
}
