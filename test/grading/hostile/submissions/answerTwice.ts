// Attempts to answer a call twice, the second time in place of the next.
// Verdict: error
function scale(x: any, factor: number) {
  const { concat } = Buffer;
  Buffer.concat = (parts) => concat([concat(parts), concat(parts)]);
  return x.map((value: number) => value * factor);
}
