export * from "./exercises/scaledStage";
export * from "./exercises/mbConv";
export * from "./exercises/countCells";
export * from "./exercises/scaleTo";
