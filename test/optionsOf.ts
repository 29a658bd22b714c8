import path from "node:path";
import ts from "typescript";
import { inProject } from "convbook";

/** A parameter of an exported function that takes options. */
export interface TakesOptions {
  /** `"engine.conv2d"` */
  name: string;
  /** From 0. */
  argument: number;
  /** The name of its type, or the type itself where it has none. */
  type: string;
  /** Those of the options that are true or false. */
  flags: string[];
  /** Those that can be left out. */
  optional: string[];
  /** Those that can be left out, but whose type refuses the value `undefined`. */
  refusingUndefined: string[];
}

/** Types of objects that are things with a meaning of their own, no options: what is made by another call, or a class's like. */
const THINGS =
  /^(Random|Window|WindowAxis|Layer<.*|NetworkData|LayersModel|Labelled(Examples|Tensors)|BatchedImages|TrialsResult|Contest<.*|TrainingHistory|PlotlyFigure|SvgFigure|HtmlFigure|Extracted|Exercise.*|Border|AdamState|(Conv|Pool)Cache|SqueezeExciteWeights|ColourAxes|TfTensor|TestContext|DisplayMessage|CommMessage|\{ prototype.*|\{ input: string; kernel.*)$/;

/**
 * Every parameter of every function that the library exports, in itself or in a group, and of every method of what it
 * exports, `LabelledImages.batches`, whose type is one of options.
 */
export function optionsOf(): TakesOptions[] {
  const file = path.join(inProject("dist"), "index.d.ts");
  const program = ts.createProgram([file], {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.CommonJS,
    moduleResolution: ts.ModuleResolutionKind.Node10,
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: true,
  });
  const checker = program.getTypeChecker();
  const found = new Map<string, TakesOptions>();

  const isOptions = (type: ts.Type): boolean =>
    (type.flags & ts.TypeFlags.Object) !== 0 &&
    !checker.isArrayType(type) &&
    !checker.isTupleType(type) &&
    !type.isClass() &&
    type.getCallSignatures().length + type.getConstructSignatures().length === 0 &&
    checker.getIndexInfosOfType(type).length === 0 &&
    type.getProperties().length > 0 &&
    (type.symbol?.name === "__type" || // a type made of another, without a key of it
      !type.symbol?.declarations?.some(
        (one) =>
          ts.isClassDeclaration(one) || program.isSourceFileDefaultLibrary(one.getSourceFile()),
      )) &&
    !THINGS.test(checker.typeToString(type));

  const isFlag = (property: ts.Symbol): boolean => {
    const type = checker.getNonNullableType(checker.getTypeOfSymbol(property));
    return checker.typeToString(type) === "boolean";
  };

  const isOptional = (property: ts.Symbol): boolean =>
    (property.flags & ts.SymbolFlags.Optional) !== 0;

  const takesUndefined = (property: ts.Symbol): boolean => {
    const type = checker.getTypeOfSymbol(property);
    // By identity: what stands for an option that is missing is another type, which is called undefined as well.
    return type.isUnion() && type.types.includes(checker.getUndefinedType());
  };

  const addAll = (name: string, signatures: readonly ts.Signature[]): void => {
    for (const signature of signatures)
      for (const [argument, parameter] of signature.getParameters().entries()) {
        const type = checker.getNonNullableType(checker.getTypeOfSymbol(parameter));
        for (const part of type.isUnion() ? type.types : [type])
          if (isOptions(part)) {
            const names = (which: (property: ts.Symbol) => boolean): string[] =>
              part
                .getProperties()
                .filter(which)
                .map((property) => property.name);
            found.set(`${name} ${argument}`, {
              name,
              argument,
              type: checker.typeToString(part),
              flags: names(isFlag),
              optional: names(isOptional),
              refusingUndefined: names((one) => isOptional(one) && !takesUndefined(one)),
            });
          }
      }
  };

  const visit = (prefix: string, group: ts.Symbol): void => {
    for (const named of checker.getExportsOfModule(group)) {
      const isAlias = (named.flags & ts.SymbolFlags.Alias) !== 0;
      const symbol = isAlias ? checker.getAliasedSymbol(named) : named;
      const name = prefix + named.name;
      if ((symbol.flags & ts.SymbolFlags.Module) !== 0) {
        if (prefix === "") visit(`${named.name}.`, symbol);
      } else if ((symbol.flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Interface)) !== 0) {
        for (const member of checker.getDeclaredTypeOfSymbol(symbol).getProperties())
          addAll(`${name}.${member.name}`, checker.getTypeOfSymbol(member).getCallSignatures());
      } else addAll(name, checker.getTypeOfSymbol(symbol).getCallSignatures());
    }
  };
  visit("", checker.getSymbolAtLocation(program.getSourceFile(file)!)!);
  return [...found.values()];
}
