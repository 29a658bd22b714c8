// Attempts to run commands in a terminal and scripts in a report.
// Verdict: error
function scale() {
  throw new Error(
    "\u001b]0;owned\u0007\u001b[2J\u001b[31m<script>alert(1)</script>\u202e\r" + "x".repeat(1e6),
  );
}
