import type ts from "typescript";

/** The calls `check("05.poolForward", poolForward)` in a statement, and the name that each is given. */
export function checksIn(
  typescript: typeof ts,
  statement: ts.Statement,
): { id: string; answer?: string }[] {
  if (!statement.getText().includes("check")) return [];
  const calls: { id: string; answer?: string }[] = [];
  const visit = (node: ts.Node): void => {
    if (
      typescript.isCallExpression(node) &&
      typescript.isIdentifier(node.expression) &&
      node.expression.text === "check"
    ) {
      const [id, answer] = node.arguments;
      if (id && typescript.isStringLiteralLike(id))
        calls.push({
          id: id.text,
          ...(answer && typescript.isIdentifier(answer) ? { answer: answer.text } : {}),
        });
    }
    typescript.forEachChild(node, visit);
  };
  visit(statement);
  return calls;
}
