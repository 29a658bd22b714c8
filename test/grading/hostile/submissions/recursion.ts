// Attempts to overflow the stack of whoever calls it.
// Verdict: error
function scale(): unknown {
  return scale();
}
