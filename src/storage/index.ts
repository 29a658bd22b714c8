export { loadWeights, saveWeights } from "./weightsFile";
export { readTorchCheckpoint } from "./torch/checkpoint";
export { weightsFromTorch } from "./torch/weightsFromTorch";
export { readTfjsWeights } from "./tfjs/readTfjsWeights";
export { weightsFromKeras } from "./tfjs/weightsFromKeras";
