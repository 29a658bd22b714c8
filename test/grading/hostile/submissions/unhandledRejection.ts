// Attempts to bring its process down between two calls.
// Verdict: failed
function scale() {
  void Promise.reject(new Error("nobody cares"));
  setTimeout(() => {
    throw new Error("nor here");
  });
  queueMicrotask(() => {
    throw new Error("nor there");
  });
  return 0;
}
