export * from "./apart";
export * from "./Exercise";
export * from "./boundary";
export * from "./card";
export * from "./check";
export * from "./expect";
export * from "./help";
export * from "./exercisesOf";
export * from "./progress";
export * from "./run";
export * from "./table";
/** @internal */
export { cardHtml, COLOURS, inlineHtml } from "./html";
