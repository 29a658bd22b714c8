export * from "./exercises/outputSize";
export * from "./exercises/paddingsFor";
export * from "./exercises/stackSizes";
export * from "./exercises/receptiveField";
export * from "./exercises/designStack";
