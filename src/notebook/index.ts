export * from "./display";
export { escapeMarkup } from "./escapeMarkup";
export { printable } from "./printable";
export { inNotebook } from "./kernel";
