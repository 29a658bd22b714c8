import type { Definition } from "./topLevel";
import type { Declaration, Mention } from "./types";

/** Under this the sandbox's library has a function that gives what a check was given while the code was loaded. */
export const CHECKED_ANSWER = Symbol.for("convbook.checked");

/**
 * An answer of which only running the checks shows what it is: `const verify = check; await verify(id, f)`, or a check in
 * a function that is called with the answer. It is asked for behind the statements that run these checks.
 *
 * @param id of the exercise
 * @param entry its function's name
 * @param last the last of these statements
 * @param isDeclared a function of that name is declared too, and counts where no check was given any
 */
export function caughtAnswer(
  id: string,
  entry: string,
  last: Declaration,
  isDeclared: boolean,
): Definition {
  const before = `const ${entry} = await require("convbook")[Symbol.for(${JSON.stringify(CHECKED_ANSWER.description)})](${JSON.stringify(id)}, `;
  const text = `${before}${isDeclared ? entry : "undefined"});`;
  const own: Mention = {
    name: entry,
    at: before.length,
    role: "uses",
    short: false,
    later: false,
  };
  const mentions = isDeclared ? [own] : [];
  const declaration: Declaration = {
    index: Infinity,
    rank: Infinity,
    kind: "value",
    names: [entry],
    runs: true,
    isOurs: true,
    before: "",
    text,
    location: last.location,
    syntaxErrors: [],
    effects: () => ({ changes: [], calls: [], mentioned: [] }),
    aliases: () => [],
    isFixed: true,
    mentions: () => mentions,
    loads: () => [],
  };
  return { name: entry, rank: Infinity, declarations: [declaration] };
}
