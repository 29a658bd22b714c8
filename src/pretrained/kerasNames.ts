const PARTS = ["a", "b", "c"];

/**
 * What Keras's first ResNet-50 calls a layer of ours: conv3_2/conv1 is its res3b_branch2a, the batch norm behind it
 * bn3b_branch2a, and on the way around stand res3a_branch1 and bn3a_branch1.
 */
export function kerasNameInResnet(path: string): string {
  if (path === "conv1/conv1") return "conv1";
  if (path === "conv1/batchNorm1") return "bn_conv1";
  const unit = /^conv([2-5])_([1-6])\/(shortcut\/)?(conv|batchNorm)([1-3])$/.exec(path);
  if (!unit) return "fc1000"; // the one layer outside the stages
  const [, stage, index, around, kind, position] = unit;
  const letter = String.fromCharCode("a".charCodeAt(0) + Number(index) - 1);
  const branch = around ? "branch1" : `branch2${PARTS[Number(position) - 1]}`;
  return `${kind === "conv" ? "res" : "bn"}${stage}${letter}_${branch}`;
}
