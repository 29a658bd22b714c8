import { ArgumentError } from "../../tensor";
import type { Control } from "../Control";

/**
 * A list to choose from, for `interact`. It begins with the first choice.
 *
 * @param choices texts, numbers or booleans
 * @throws ArgumentError when there is nothing to choose
 *
 * @example
 * select(["valid", "same"]).read(1) // → "same"
 */
export function select<const Choice extends string | number | boolean>(
  choices: readonly Choice[],
): Control<Choice> {
  const plain = (choice: unknown) => ["string", "number", "boolean"].includes(typeof choice);
  if (!Array.isArray(choices) || choices.length === 0 || !choices.every(plain))
    throw new ArgumentError({
      call: "select",
      argument: "choices",
      expected: "a list of texts, numbers or booleans, at least one",
      received: choices,
    });
  const kept = [...choices];
  return {
    part: { kind: "select", choices: kept.map(String) },
    start: 0,
    read(state) {
      if (typeof state === "number" && state in kept) return kept[state];
      const expected = `the index of one of ${kept.length} choices`;
      throw new ArgumentError({
        call: "select",
        argument: "the choice",
        expected,
        received: state,
      });
    },
  };
}
