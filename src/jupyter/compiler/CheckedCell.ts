import type { EarlierNames } from "./EarlierNames";
import type { LanguageSession } from "./LanguageSession";

/** A cell as the type checker sees it: behind a line that makes earlier names known. */
export interface CheckedCell {
  source: string;
  preludeLength: number;
  session: LanguageSession;
  earlier: EarlierNames;
}
