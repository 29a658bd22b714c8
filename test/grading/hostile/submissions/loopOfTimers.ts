// Attempts to stay alive without using the processor.
// Verdict: timeout
async function scale() {
  for (;;) await new Promise((resolve) => setTimeout(resolve, 10));
}
