/** TypeScript with its origin: a notebook's cell, or a file. */
export interface SourceText {
  /** `"cell 12"`, for messages. */
  origin: string;
  text: string;
  /** A cell that ended in an error when it was last run, by what is saved below it. */
  failed?: true;
}

/** An offset in one of the sources. */
export interface SourceLocation {
  source: number;
  /** How many characters stand before it. */
  offset: number;
}

/** A statement that makes names known. */
export interface Declaration {
  /** Its index among all declarations of all sources. */
  index: number;
  /** Its source, in the order in which sources count. */
  rank: number;
  /** `"alias"` of a type; `"type"` is all else that does nothing when it runs; `"loose"` declares nothing and runs. */
  kind: "value" | "namespace" | "type" | "alias" | "loose";
  names: readonly string[];
  /** A loose statement, or one of variables: it does something where it stands. */
  runs: boolean;
  /** It is none of the notebook's, and no reader wants to see it. */
  isOurs?: true;
  /** What stands before it: the documentation with its line break, or nothing. */
  before: string;
  text: string;
  /** Where its text begins. */
  location: SourceLocation;
  /** What does not parse in its source: the kernel refuses the whole of it. */
  syntaxErrors: readonly SyntaxProblem[];
  /** What it does to names of the top level when it runs, or when a function that it declares is called. */
  effects(when: "runs" | "is called"): Effects;
  /** The names whose values its own may share, `table` of `const t = table`: who changes the one changes the other. */
  aliases(): readonly string[];
  /** A function, or a constant number or text: it stays what it is unless it is assigned to. */
  isFixed: boolean;
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
  /** Declared here, or taken from this source or another, or from nowhere. */
  role: "declares" | "uses";
  /** `{ name }`, which means `{ name: name }`. */
  short: boolean;
  /** Looked up when a function is called, not when the statement runs. */
  later: boolean;
}

/** What the compiler says where it cannot read on. */
export interface SyntaxProblem {
  location: SourceLocation;
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
  location: SourceLocation;
  /** Only its types are used: nothing is loaded. */
  typeOnly: boolean;
}

/** A property whose name is computed, `Number.prototype[Symbol.iterator]`: no name is called so. */
export const ANY_PROPERTY = "*";

/** A name whose value a statement changes, and where. */
export interface Change {
  name: string;
  at: number;
  /** What it gets: `mod` of `Number.prototype.mod = ...`, or ANY_PROPERTY where that is computed. */
  properties: readonly string[];
  /** It may change: by a method or a function of which that is not known, or through what a call gave back. */
  isGuess: boolean;
  /** The variable itself gets another value: `two = 3`, `[a, b] = [b, a]`. */
  replaces?: true;
}

/** What a statement does to names of the top level when it runs. */
export interface Effects {
  changes: Change[];
  /** Functions of the top level that it calls, with the names that it gives them: they may change those, and others. */
  calls: { callee: string; given: string[]; at: number }[];
  /** All names of the top level in what runs: it may call the functions of these. */
  mentioned: string[];
}
