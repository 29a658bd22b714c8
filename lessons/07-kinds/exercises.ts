export * from "./exercises/slideDense";
export * from "./exercises/groupedConv";
export * from "./exercises/dilateFilter";
export * from "./exercises/pathsAlong";
export * from "./exercises/transposedConv";
