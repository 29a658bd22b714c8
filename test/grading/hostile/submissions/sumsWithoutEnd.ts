// Attempts to return a network whose sums have a hundred thousand terms.
// Verdict: failed
import { layers, network } from "convbook";
function scale() {
  const sum = (x: any) => layers.add(...Array(50_000).fill(x));
  return network("sums", [1], sum, sum);
}
