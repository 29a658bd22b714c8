/** `convbook/network`: tensors, the arithmetic of layers, networks as data, and the zoo. Runs in a browser too. */
export * from "../tensor";
export * from "../arithmetic";
export * from "../network";
export * as zoo from "../zoo";
