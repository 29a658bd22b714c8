export * from "./exercises/im2col";
export * from "./exercises/col2im";
export * from "./exercises/blockTraffic";
export * from "./exercises/intensity";
