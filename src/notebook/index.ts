export * from "./display";
export { inNotebook } from "./kernel";
