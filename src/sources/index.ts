export * from "./extractFunction";
export * from "./loadFunction";
export * from "./readNotebook";
