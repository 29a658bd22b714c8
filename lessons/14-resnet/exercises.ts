export * from "./exercises/unitWeights";
export * from "./exercises/identityBlock";
export * from "./exercises/convolutionalBlock";
export * from "./exercises/resnet50";
