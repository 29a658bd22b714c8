export { classActivationMap } from "./classActivationMap";
export { occlusionMap, type OcclusionMapOptions } from "./occlusionMap";
export { saliencyMap } from "./saliencyMap";
export { shuffledWeights, type ShuffledWeightsOptions } from "./shuffledWeights";
export { spotlight } from "./spotlight";
export { strongestPositions, type UnitPosition } from "./strongestPositions";
