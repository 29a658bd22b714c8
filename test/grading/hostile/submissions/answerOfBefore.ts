// Attempts to give an answer the id of the call before.
// Verdict: error
let before: Uint8Array | undefined;
const { concat } = Buffer;
function scale(x: any, factor: number) {
  Buffer.concat = ([length, id, ...rest]) => {
    const message = concat([length, before ?? id, ...rest]);
    before = id;
    return message;
  };
  return x.map((value: number) => value * factor);
}
