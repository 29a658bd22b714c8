// Attempts to return a network that is none.
// Verdict: error
import { Network } from "convbook";
function scale() {
  const layer = {
    path: "a",
    name: "a",
    blocks: [],
    inputs: [],
    shape: [1e9, 1e9, 1e9],
    operation: { kind: "relu" },
    weights: [],
    index: 0,
  };
  return new Network("claim", [layer, layer] as never, layer as never, []);
}
