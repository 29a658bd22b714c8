export * from "./reviewPage";
