export * from "./exercises/seen";
export * from "./exercises/channelShuffle";
export * from "./exercises/shuffleUnit";
export * from "./exercises/accessBound";
export * from "./exercises/splitUnit";
