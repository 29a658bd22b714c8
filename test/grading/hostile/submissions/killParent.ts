// Attempts to kill the grader, and every process there is.
// Verdict: error
const signals = ["SIGKILL", "SIGTERM", "SIGSTOP"];
function scale() {
  for (const signal of signals)
    for (const pid of [process.ppid, 1, 0, -1]) process.kill(pid, signal);
}
