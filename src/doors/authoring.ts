/** `convbook/authoring`: what the author of a lesson's exercises needs, and what runs them. */
export * from "../exercises";
export * from "../sources";
