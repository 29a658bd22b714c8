import type { Extracted } from "./extractFunction";
import { loadTypeScript } from "./typescript";

/** The module of an extracted function as JavaScript (CommonJS), without a look at its types. */
export function compileModule({ module }: Extracted): string {
  const { transpileModule, ModuleKind, ScriptTarget } = loadTypeScript();
  const compilerOptions = {
    module: ModuleKind.CommonJS,
    target: ScriptTarget.ES2022,
    esModuleInterop: true,
  };
  return transpileModule(module, { compilerOptions }).outputText;
}

/**
 * Makes the function of an extracted module callable in this process. It trusts the code: it is for the
 * course's own.
 *
 * @param load gives the module that an import names
 */
export function loadFunction(
  extracted: Extracted,
  entry: string,
  load: (name: string) => unknown,
): (...input: never[]) => unknown {
  const exports: Record<string, unknown> = {};
  new Function("require", "exports", compileModule(extracted))(load, exports);
  return exports[entry] as (...input: never[]) => unknown;
}
