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
  /** Its piece, in the order in which pieces count. */
  rank: number;
  /** `"alias"` of a type; `"type"` is all else that does nothing when it runs. */
  kind: "value" | "namespace" | "type" | "alias";
  names: readonly string[];
  /** What stands before it: the documentation with its line break, or nothing. */
  before: string;
  text: string;
  /** Where its text begins. */
  place: Place;
  /** What does not parse in its text. */
  syntaxErrors: readonly SyntaxProblem[];
  /** The names in its text that it declares at the top level, or takes from there. */
  mentions(): readonly Mention[];
  /** Modules that it loads when it runs, by `require` or `import()`. */
  loads(): readonly string[];
}

/** A name of the top level in the text of a declaration. */
export interface Mention {
  name: string;
  /** Where it stands in the text. */
  at: number;
  /** Declared here, or taken from this piece or another, or from nowhere. */
  role: "declares" | "uses";
  /** `{ name }`, which means `{ name: name }`. */
  short: boolean;
  /** Looked up when a function is called, not when the statement runs. */
  later: boolean;
}

/** What the compiler says where it cannot read on. */
export interface SyntaxProblem {
  place: Place;
  message: string;
}

/** A name that an import makes known. */
export interface Import {
  module: string;
  /** `tensor`, `default`, or `*` for all together. */
  imported: string;
  local: string;
  /** What makes the name known: `tensor`, `readFileSync as read`, `* as tf`. */
  text: string;
  /** Where its text begins. */
  place: Place;
  /** Only its types are used: nothing is loaded. */
  typeOnly: boolean;
}
