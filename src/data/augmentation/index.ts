export { type Augmentation } from "./Augmentation";
export { augmented, type BatchedImages } from "./augmented";
export * from "./colour";
export { mirror, type OutsideOptions, randomCrop, rotate, warp } from "./geometric";
export { type Outside } from "./resample";
