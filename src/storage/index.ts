export { loadWeights, saveWeights } from "./weightsFile";
export { readTorchCheckpoint } from "./torch/checkpoint";
export { weightsFromTorch } from "./torch/weightsFromTorch";
