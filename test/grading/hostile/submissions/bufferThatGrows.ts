// Attempts to return numbers whose memory has grown beyond all limits.
// Verdict: error
function scale() {
  const buffer = new (ArrayBuffer as any)(8, { maxByteLength: 2 ** 27 });
  const values = new Float64Array(buffer);
  buffer.resize(2 ** 27);
  return values;
}
