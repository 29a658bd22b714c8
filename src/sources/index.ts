export * from "./extractFunction";
export * from "./loadFunction";
