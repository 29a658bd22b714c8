export * from "./codesOf";
export * from "./compareClass";
export * from "./compareLessons";
export * from "./html";
export * from "./matches";
export * from "./readCodes";
export * from "./text";
export * from "./tokens";
