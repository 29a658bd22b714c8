/** What each thread can compute: every one a function of (job, scratch memory, tile). */
export { localResponseNormTile, softmaxTile } from "./alongChannels";
export { convolveTile } from "./convolution";
export { copyTile, fillTile } from "./copying";
export { depthwiseTile } from "./depthwise";
export { depthwiseFilterGradientTile } from "./depthwiseFilterGradient";
export { filterGradientTile } from "./filterGradient";
export { foldTile } from "./fold";
export { mapTile } from "./mapping";
export { packPanel } from "./pack";
export { poolTile } from "./pooling";
export { poolGradientTile } from "./poolingGradient";
export { reduceTile } from "./reduction";
export { winogradTile } from "./winograd";
export { transformFilterPanel } from "./winogradTransforms";
