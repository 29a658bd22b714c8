export * from "./codesOf";
export * from "./compareClass";
export * from "./html";
export * from "./matches";
export * from "./text";
export * from "./tokens";
