export { classActivationMap } from "./classActivationMap";
export { occlusionMap, type OcclusionMapOptions } from "./occlusionMap";
export { saliencyMap } from "./saliencyMap";
export { shuffledWeights, type ShuffledWeightsOptions } from "./shuffledWeights";
export { spotlight } from "./spotlight";
export { strongestPlaces, type UnitPlace } from "./strongestPlaces";
