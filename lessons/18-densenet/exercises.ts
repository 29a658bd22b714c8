export * from "./exercises/blockChannels";
export * from "./exercises/denseLayer";
export * from "./exercises/denseBlock";
export * from "./exercises/thrifty";
