export * from "./augmentation";
export { encodePng, type PixelOptions } from "./encodePng";
export * from "./greyscale";
export * from "./LabelledImages";
export { type ImageOptions, loadImage } from "./loadImage";
export * from "./mnist";
export * from "./photograph";
export * from "./saveImage";
