export * from "./jupyter";
export * from "./kernel";
export * from "./paths";
