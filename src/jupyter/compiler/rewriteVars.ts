import ts from "typescript";
import { innerVars } from "./declaredNames";

/**
 * `var` belongs to the whole cell, wherever it stands, and may be declared twice. As a `var` it would forbid
 * later cells to declare its name by `let`; so it is declared once by `let`, first of all, and assigned where
 * it stood.
 */
export const hoistedVars: ts.TransformerFactory<ts.SourceFile> = (context) => {
  const { factory } = context;
  const pattern = (name: ts.BindingName): ts.Expression => {
    if (ts.isIdentifier(name)) return name;
    if (ts.isArrayBindingPattern(name))
      return factory.createArrayLiteralExpression(
        name.elements.map((element) => {
          if (ts.isOmittedExpression(element)) return element;
          const target = withDefault(pattern(element.name), element.initializer);
          return element.dotDotDotToken ? factory.createSpreadElement(target) : target;
        }),
      );
    return factory.createObjectLiteralExpression(
      name.elements.map((element) => {
        const target = pattern(element.name);
        if (element.dotDotDotToken) return factory.createSpreadAssignment(target);
        const key = element.propertyName ?? (element.name as ts.Identifier);
        return factory.createPropertyAssignment(key, withDefault(target, element.initializer));
      }),
    );
  };
  const withDefault = (target: ts.Expression, value: ts.Expression | undefined) =>
    value ? factory.createAssignment(target, value) : target;

  const assignments = ({ declarations }: ts.VariableDeclarationList): ts.Expression | undefined => {
    const values: ts.Expression[] = declarations
      .filter(({ initializer }) => initializer)
      .map((declared) =>
        ts.setTextRange(
          factory.createAssignment(pattern(declared.name), visited(declared.initializer!)),
          declared,
        ),
      );
    return values.length > 0
      ? values.reduce((list, value) => factory.createComma(list, value))
      : undefined;
  };

  const visited = <T extends ts.Node>(node: T): T => ts.visitNode(node, visit) as T;
  const visit = (node: ts.Node): ts.Node => {
    if (ts.isFunctionLike(node) || ts.isClassLike(node) || ts.isModuleDeclaration(node))
      return node;
    if (ts.isVariableStatement(node) && isVar(node.declarationList)) {
      if (node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword)) return node;
      const value = assignments(node.declarationList);
      // The parentheses keep a pattern's brace from opening a block.
      return value
        ? ts.setTextRange(factory.createExpressionStatement(value), node)
        : factory.createEmptyStatement();
    }
    if (ts.isForStatement(node) && node.initializer && isVar(node.initializer))
      return factory.updateForStatement(
        node,
        assignments(node.initializer),
        node.condition && visited(node.condition),
        node.incrementor && visited(node.incrementor),
        visited(node.statement),
      );
    if (ts.isForOfStatement(node) && isVar(node.initializer))
      return factory.updateForOfStatement(
        node,
        node.awaitModifier,
        pattern(node.initializer.declarations[0].name),
        visited(node.expression),
        visited(node.statement),
      );
    if (ts.isForInStatement(node) && isVar(node.initializer))
      return factory.updateForInStatement(
        node,
        pattern(node.initializer.declarations[0].name),
        visited(node.expression),
        visited(node.statement),
      );
    return ts.visitEachChild(node, visit, context);
  };

  return (file) => {
    const names = new Set(file.statements.flatMap(innerVars).map(({ text }) => text));
    if (names.size === 0) return file;
    const variables = [...names].map((name) => factory.createVariableDeclaration(name));
    const declared = factory.createVariableStatement(
      undefined,
      factory.createVariableDeclarationList(variables, ts.NodeFlags.Let),
    );
    return factory.updateSourceFile(file, [
      declared,
      ...file.statements.map((statement) => visited(statement)),
    ]);
  };
};

const isVar = (node: ts.ForInitializer): node is ts.VariableDeclarationList =>
  ts.isVariableDeclarationList(node) && (node.flags & ts.NodeFlags.BlockScoped) === 0;
