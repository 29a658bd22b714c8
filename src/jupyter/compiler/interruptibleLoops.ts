import ts from "typescript";
import { LOOP_CALL } from "./loopCall";

/**
 * Lets every loop be interrupted. V8 looks for an interrupt whenever a JavaScript function is entered, but at the
 * end of a loop's body only once in many thousand bytecodes, which take minutes where the body is a slow call of
 * the language's own, as in `for (;;) JSON.parse(text)`. So each loop's body begins with a call of a function
 * that does nothing: a constant of the global object, for which V8's optimising compiler writes no code at all.
 */
export const interruptibleLoops: ts.TransformerFactory<ts.SourceFile> = (context) => {
  const { factory } = context;
  const visit = (node: ts.Node): ts.Node => {
    if (!ts.isIterationStatement(node, false)) return ts.visitEachChild(node, visit, context);
    const visitPart = (part: ts.Node) =>
      part === node.statement ? calling(visit(part) as ts.Statement) : visit(part);
    return ts.visitEachChild(node, visitPart, context);
  };
  const calling = (body: ts.Statement): ts.Block => {
    const callee = factory.createIdentifier(LOOP_CALL);
    const call = factory.createExpressionStatement(
      factory.createCallExpression(callee, undefined, []),
    );
    return ts.isBlock(body)
      ? factory.updateBlock(
          body,
          ts.setTextRange(factory.createNodeArray([call, ...body.statements]), body.statements),
        )
      : ts.setTextRange(factory.createBlock([call, body], true), body);
  };
  return (file) => ts.visitEachChild(file, visit, context);
};
