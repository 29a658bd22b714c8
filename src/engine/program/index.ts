export { addConvolution, addTransposedConvolution } from "./convolution";
export * from "./mapping";
export { isWhole, type Maps } from "./maps";
export { Program } from "./Program";
export { collectForgotten } from "./workspaces";
