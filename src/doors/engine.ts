/** `convbook/engine`: the operations as fast as this machine has them. */
export * from "../engine";
