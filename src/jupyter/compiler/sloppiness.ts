import type { CellProblem } from "./Compiler";

/** Whether a message is about a type that was left out (`noImplicitAny`): such a cell runs all the same. */
export function isSloppiness({ code, message }: CellProblem): boolean {
  // Brackets behind a tensor, a set of images or a function give undefined, whatever the index: no matter of taste.
  if (code === 7053 || code === 7052) return !/index type '(?:[A-Z]|\()/.test(message);
  return NO_IMPLICIT_ANY.has(code);
}

const NO_IMPLICIT_ANY = new Set([
  7005, 7006, 7008, 7010, 7011, 7013, 7015, 7016, 7017, 7018, 7019, 7020, 7022, 7023, 7024, 7025,
  7031, 7032, 7033, 7034, 7041, 7051, 7052, 7053, 7055, 7056, 7057,
]);
