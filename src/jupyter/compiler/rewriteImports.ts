import ts from "typescript";

/**
 * Turns imports into calls of the kernel's functions, because a script of V8's REPL mode cannot import:
 * `import a, { b as c } from "d"` becomes `let { default: a, b: c } = await __convbook.import("d", cell)`.
 */
export function importsThroughKernel(cell: number): ts.TransformerFactory<ts.SourceFile> {
  return (context) => {
    const { factory } = context;
    const call = (method: string, args: readonly ts.Expression[]) =>
      factory.createCallExpression(
        factory.createPropertyAccessExpression(factory.createIdentifier("__convbook"), method),
        undefined,
        [args[0], factory.createNumericLiteral(cell), ...args.slice(1)],
      );

    const visit = (node: ts.Node): ts.Node => {
      if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
        return at(
          call(
            "import",
            node.arguments.map((argument) => ts.visitNode(argument, visit) as ts.Expression),
          ),
          node,
        );
      return ts.visitEachChild(node, visit, context);
    };

    const statement = (node: ts.Statement): ts.Statement | ts.Statement[] => {
      if (ts.isImportDeclaration(node)) return importDeclaration(node, call, factory);
      if (
        ts.isImportEqualsDeclaration(node) &&
        !node.isTypeOnly &&
        ts.isExternalModuleReference(node.moduleReference)
      )
        return at(
          letOf([[node.name, call("require", [node.moduleReference.expression])]], factory),
          node,
        );
      return visit(node) as ts.Statement;
    };
    return (file) => factory.updateSourceFile(file, file.statements.flatMap(statement));
  };
}

function importDeclaration(
  node: ts.ImportDeclaration,
  call: (method: string, args: readonly ts.Expression[]) => ts.Expression,
  factory: ts.NodeFactory,
): ts.Statement[] {
  const { importClause, moduleSpecifier, attributes } = node;
  if (importClause?.isTypeOnly) return [];
  const module = factory.createAwaitExpression(
    call(
      "import",
      attributes ? [moduleSpecifier, attributesOf(attributes, factory)] : [moduleSpecifier],
    ),
  );
  if (!importClause) return [at(factory.createExpressionStatement(module), node)];

  const { name, namedBindings } = importClause;
  const elements: ts.BindingElement[] = [];
  if (name) elements.push(factory.createBindingElement(undefined, "default", name));
  if (namedBindings && ts.isNamedImports(namedBindings))
    for (const element of namedBindings.elements)
      if (!element.isTypeOnly)
        elements.push(factory.createBindingElement(undefined, element.propertyName, element.name));

  const declared: [ts.BindingName, ts.Expression][] = [];
  if (namedBindings && ts.isNamespaceImport(namedBindings)) {
    declared.push([namedBindings.name, module]);
    if (name) declared.push([factory.createObjectBindingPattern(elements), namedBindings.name]);
  } else if (elements.length > 0 || !namedBindings)
    declared.push([factory.createObjectBindingPattern(elements), module]);
  else
    return namedBindings.elements.length > 0
      ? []
      : [at(factory.createExpressionStatement(module), node)];
  return [at(letOf(declared, factory), node)];
}

function attributesOf({ elements }: ts.ImportAttributes, factory: ts.NodeFactory): ts.Expression {
  const values = elements.map(({ name, value }) => factory.createPropertyAssignment(name, value));
  return factory.createObjectLiteralExpression([
    factory.createPropertyAssignment("with", factory.createObjectLiteralExpression(values)),
  ]);
}

function letOf(declared: [ts.BindingName, ts.Expression][], factory: ts.NodeFactory): ts.Statement {
  const variables = declared.map(([name, value]) =>
    factory.createVariableDeclaration(name, undefined, undefined, value),
  );
  return factory.createVariableStatement(
    undefined,
    factory.createVariableDeclarationList(variables, ts.NodeFlags.Let),
  );
}

function at<T extends ts.Node>(node: T, original: ts.Node): T {
  return ts.setTextRange(ts.setOriginalNode(node, original), original);
}
