/** A piece of TypeScript with the place it came from: a notebook's cell, or a file. */
export interface SourceText {
  /** `"cell 12"`, for messages. */
  origin: string;
  text: string;
}

/** A place in one of the pieces. */
export interface Place {
  piece: number;
  /** How many characters stand before it. */
  offset: number;
}

/** A stretch of a module that was taken from a piece. */
export interface Origin {
  /** Where it begins in the module. */
  offset: number;
  length: number;
  /** Where it begins in its piece. */
  place: Place;
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
  /** What makes this name known: `tensor`, `readFileSync as read`, `* as tf`. */
  text: string;
  /** Whether it stands in braces. */
  named: boolean;
  /** Where its text begins. */
  place: Place;
}
