// Attempts to load machine code.
// Verdict: error
function scale() {
  Function("return process")().dlopen({ exports: {} }, "PROJECT/node_modules/addon.node");
}
