import type ts from "typescript";
import { effectsOf, type Surroundings } from "./changes";
import type { FoundCheck } from "./checks";
import { modulesLoadedBy } from "./imports";
import { mentionsIn } from "./mentions";
import type { Declaration, Mention } from "./types";

/**
 * What a check was given where that is no name of the top level, `check("05.twin", answers.twin)`, as a declaration of
 * the function that was asked for. What takes names from within its statement, a block say, is caught while the statement
 * runs: under the name of the check stands what keeps the answer.
 *
 * @param entry the function's name
 * @param statement the check's own
 */
export function givenAnswer(
  typescript: typeof ts,
  { id, callee, given, isLocal }: FoundCheck & { id: string; given: ts.Expression },
  entry: string,
  statement: Declaration,
  checker: ts.TypeChecker,
  around: Surroundings,
): Declaration {
  const common = { ...statement, kind: "value", names: [entry], before: "" } as const;
  if (!isLocal) {
    const before = `const ${entry} = `;
    const start = given.getStart() - before.length;
    // An expression is read as a statement is: it declares nothing.
    const node = given as ts.Node as ts.Statement;
    return {
      ...common,
      text: `${before}${given.getText()};`,
      mentions: once(() => mentionsIn(typescript, node, checker, around.outside, start)),
      effects: (when) => effectsOf(typescript, node, checker, around, when),
      loads: () => modulesLoadedBy(typescript, node),
    };
  }
  const check = callee.getText();
  const before =
    `let ${entry}: any;\n{ const ${check} = async (id: string, answer: any): Promise<void> => ` +
    `{ if (id === ${JSON.stringify(id)}) ${entry} = answer; };\ntry {\n`;
  return {
    ...common,
    text: `${before}${statement.text}\n} catch (error) {\n  console.log(error);\n} }`,
    mentions: once(() =>
      statement
        .mentions()
        .filter(({ name }) => name !== check)
        .map((mention) => ({ ...mention, at: mention.at + before.length, role: "uses" })),
    ),
  };
}

/** A mention is known by itself, so that all who ask are given the same ones. */
function once(find: () => Mention[]): () => Mention[] {
  let found: Mention[] | undefined;
  return () => (found ??= find());
}
