import type ts from "typescript";

/** A warning: what is underlined, what is wrong with it, what to write instead. */
export type Trap = readonly [node: ts.Node, message: string, hint: string];

/** Finds the trap that a node is, if it is one. */
export type Look = (node: ts.Node, checker: ts.TypeChecker) => Trap | undefined;
