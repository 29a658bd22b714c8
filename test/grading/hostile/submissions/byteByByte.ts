// Attempts to send its answer a byte at a time, and never the last.
// Verdict: timeout
function scale() {
  const message = Buffer.alloc(1000);
  message.writeUInt32LE(1000);
  let shown = 0;
  Object.defineProperty(message, "byteLength", { get: () => shown });
  Object.defineProperty(message, "length", {
    get() {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
      shown++;
      return 1000;
    },
  });
  Buffer.concat = () => message;
  return 0;
}
