export * from "./display";
export { escapeMarkup } from "./escapeMarkup";
export { inNotebook } from "./kernel";
