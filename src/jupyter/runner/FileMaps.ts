import type { SourceMapPayload } from "node:module";

type Generate = (tree: object, options: GeneratorOptions, code: string) => Generated;
interface GeneratorOptions {
  sourceFileName?: string;
}
interface Generated {
  map: SourceMapPayload | null;
}

/** The source maps of the learner's own files, so that errors are quoted where they were written. */
export class FileMaps {
  private readonly maps = new Map<string, SourceMapPayload>();

  /** A plugin of Babel's: it keeps the map of each file that is loaded. */
  readonly plugin = () => ({
    generatorOverride: (
      tree: object,
      options: GeneratorOptions,
      code: string,
      generate: Generate,
    ) => {
      const generated = generate(tree, options, code);
      if (generated.map && options.sourceFileName)
        this.maps.set(options.sourceFileName, generated.map);
      return generated;
    },
  });

  get(file: string): SourceMapPayload | undefined {
    return this.maps.get(file);
  }
}
