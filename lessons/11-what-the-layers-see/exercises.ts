export * from "./exercises/topPatches";
export * from "./exercises/occluded";
export * from "./exercises/saliency";
export * from "./exercises/gradCam";
