export * from "../compose";
export * from "./activate";
export * from "./conv";
export * from "./dense";
export * from "./merge";
export * from "./normalise";
export * from "./pool";
export * from "./rearrange";
