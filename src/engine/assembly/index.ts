/** What each thread can be told to compute: every one a function of (job, scratch memory, tile). */
export { convolveTile } from "./convolution";
export { depthwiseTile } from "./depthwise";
export { depthwiseFilterGradientTile } from "./depthwiseFilterGradient";
export { filterGradientTile } from "./filterGradient";
export { foldTile } from "./fold";
export { packPanel } from "./pack";
export { poolTile } from "./pooling";
export { poolGradientTile } from "./poolingGradient";
export { winogradTile } from "./winograd";
export { transformFilterPanel } from "./winogradTransforms";
