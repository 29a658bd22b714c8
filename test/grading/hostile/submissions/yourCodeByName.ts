// Attempts to be excused: its error bears the name of an exercise not attempted.
// Verdict: not attempted
function scale() {
  const error = new Error("excused");
  error.name = "NotAttempted";
  throw error;
}
