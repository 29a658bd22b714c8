/** A piece of TypeScript with the place it came from: a notebook's cell, or a file. */
export interface SourceText {
  /** `"cell 12"`, for messages. */
  origin: string;
  text: string;
}

/** A place in one of the pieces; line and column count from 0. */
export interface Place {
  piece: number;
  line: number;
  column: number;
}

/** A statement that makes names known. */
export interface Declaration {
  /** Its place among all declarations of all pieces. */
  position: number;
  /** The documentation above it, with its line break, or nothing. */
  documentation: string;
  text: string;
  /** Where its text begins. */
  place: Place;
  /** Names of other pieces' or its own piece's top level, or of nothing. */
  uses(): ReadonlySet<string>;
  /** Modules that it loads when it runs, by `require` or `import()`. */
  loads(): readonly string[];
}

/** A name that an import makes known. */
export interface Import {
  module: string;
  /** What stands between `import` and `from` for this name alone: `{ tensor }`, `fs`, `* as tf`. */
  clause: string;
}
