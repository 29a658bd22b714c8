import ts from "typescript";
import { interruptibleLoops } from "./interruptibleLoops";
import { importsThroughKernel } from "./rewriteImports";
import { hoistedVars } from "./rewriteVars";

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  isolatedModules: true,
  verbatimModuleSyntax: true,
  sourceMap: true,
  newLine: ts.NewLineKind.LineFeed,
};

/**
 * Rewrites a cell for V8's REPL mode. There a name may be declared again, but not as another kind of thing, so
 * every top-level name is declared by `let`: functions first, as if hoisted, and classes as `let A = class A`.
 * Imports go through the kernel. What is erased or moved is in the source map.
 *
 * The script's value is that of the cell's last expression, and undefined when the cell ends in anything else.
 */
export function rewrite(
  source: string,
  file: string,
  cell: number,
): { javascript: string; sourceMap: unknown } {
  const { outputText, sourceMapText } = ts.transpileModule(source, {
    fileName: file,
    compilerOptions: OPTIONS,
    transformers: {
      before: [importsThroughKernel(cell), hoistedVars, interruptibleLoops],
      after: [
        (context) => (sourceFile) => asScript(sourceFile, context.factory, endsInValue(source)),
      ],
    },
  });
  return {
    javascript: outputText.replace(/\n?\/\/# sourceMappingURL=.*\s*$/, ""),
    sourceMap: JSON.parse(sourceMapText!),
  };
}

/** Whether the last statement is an expression, whose value is the cell's; types and functions are no statements. */
function endsInValue(source: string): boolean {
  const { statements } = ts.createSourceFile("cell.ts", source, ts.ScriptTarget.ES2022);
  const last = statements.filter((statement) => !isSilent(statement)).at(-1);
  return last !== undefined && (ts.isExpressionStatement(last) || ts.isExportAssignment(last));
}

const isSilent = (statement: ts.Statement) =>
  ts.isInterfaceDeclaration(statement) ||
  ts.isTypeAliasDeclaration(statement) ||
  ts.isFunctionDeclaration(statement) ||
  ts.isEmptyStatement(statement) ||
  (ts.isExportDeclaration(statement) && !statement.moduleSpecifier);

function asScript(file: ts.SourceFile, factory: ts.NodeFactory, hasValue: boolean): ts.SourceFile {
  const hoisted: ts.Statement[] = [];
  const rest: ts.Statement[] = [];
  for (const statement of file.statements) {
    if (ts.isFunctionDeclaration(statement)) hoisted.push(functionAsVariable(statement, factory));
    else rest.push(...(asLet(statement, factory) ?? []));
  }
  // The kernel's imports stand before all: a module's are hoisted too.
  const imports = rest.filter(isHoistedImport);
  const others = rest.filter((statement) => !isHoistedImport(statement));
  if (!hasValue) others.push(factory.createExpressionStatement(factory.createVoidZero()));
  const strict = factory.createExpressionStatement(factory.createStringLiteral("use strict"));
  return factory.updateSourceFile(file, [strict, ...imports, ...hoisted, ...others]);
}

const isHoistedImport = (statement: ts.Statement) =>
  ts.isImportDeclaration(ts.getOriginalNode(statement));

function asLet(statement: ts.Statement, factory: ts.NodeFactory): ts.Statement[] | undefined {
  if (ts.isVariableStatement(statement)) {
    const list = statement.declarationList;
    if (list.flags & ts.NodeFlags.Using && (list.flags & ts.NodeFlags.Const) === 0)
      return [statement];
    const declared = ts.setTextRange(
      factory.createVariableDeclarationList(list.declarations, ts.NodeFlags.Let),
      list,
    );
    return [factory.updateVariableStatement(statement, [], declared)];
  }
  if (ts.isClassDeclaration(statement)) return [classAsVariable(statement, factory)];
  if (ts.isExportAssignment(statement))
    return [originally(factory.createExpressionStatement(statement.expression), statement)];
  if (ts.isExportDeclaration(statement) || ts.isEmptyStatement(statement)) return [];
  return [statement];
}

function functionAsVariable(
  declared: ts.FunctionDeclaration,
  factory: ts.NodeFactory,
): ts.Statement {
  // Without a name of its own: within, the name means its latest value, as outside.
  const value = factory.createFunctionExpression(
    declared.modifiers?.filter(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) as ts.Modifier[],
    declared.asteriskToken,
    undefined,
    declared.typeParameters,
    declared.parameters,
    declared.type,
    declared.body!,
  );
  return letStatement(declared, value, factory);
}

function classAsVariable(declared: ts.ClassDeclaration, factory: ts.NodeFactory): ts.Statement {
  const value = factory.createClassExpression(
    undefined,
    declared.name,
    declared.typeParameters,
    declared.heritageClauses,
    declared.members,
  );
  return letStatement(declared, value, factory);
}

function letStatement(
  declared: ts.FunctionDeclaration | ts.ClassDeclaration,
  value: ts.Expression,
  factory: ts.NodeFactory,
): ts.Statement {
  originally(value, declared);
  if (!declared.name)
    return originally(
      factory.createExpressionStatement(factory.createParenthesizedExpression(value)),
      declared,
    );
  const variable = factory.createVariableDeclaration(declared.name, undefined, undefined, value);
  const list = factory.createVariableDeclarationList([variable], ts.NodeFlags.Let);
  return originally(factory.createVariableStatement(undefined, list), declared);
}

/** Marks a node as made from another, so that the source map leads there. */
function originally<T extends ts.Node>(node: T, original: ts.Node): T {
  return ts.setTextRange(ts.setOriginalNode(node, original), original);
}
