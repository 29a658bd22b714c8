export * from "./exercises/trainClassifier";
export * from "./exercises/softmaxLoss";
export * from "./exercises/sgdStep";
export * from "./exercises/adamStep";
