// Attempts to fill the memory with texts.
// Verdict: error
function scale() {
  const texts: string[] = [];
  for (;;) texts.push(JSON.stringify("x".repeat(2 ** 24 + texts.length)));
}
