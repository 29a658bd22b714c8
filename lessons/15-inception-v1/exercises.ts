export * from "./exercises/bottleneckMacs";
export * from "./exercises/inception";
export * from "./exercises/affordable";
export * from "./exercises/oddRows";
