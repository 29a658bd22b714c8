// Attempts to hang in the message of the error it throws.
// Verdict: timeout
class Slow extends Error {
  override get message(): string {
    for (;;);
  }
}
function scale() {
  throw new Slow();
}
