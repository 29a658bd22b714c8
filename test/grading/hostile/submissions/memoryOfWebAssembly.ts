// Attempts to fill the memory of WebAssembly, shared between threads.
// Verdict: error
// The course's types know no WebAssembly, the process does.
declare const WebAssembly: any;
function scale() {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 65536, shared: true });
  while (memory.grow(512) > 0)
    new Uint8Array(memory.buffer, memory.buffer.byteLength - 2 ** 25).fill(1);
}
