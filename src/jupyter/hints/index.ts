export { type Bracket, unclosedBracket, type OpenBracket } from "./brackets";
export { signHint } from "./signs";
export { syntaxHint } from "./syntax";
export type { HintContext } from "./HintContext";
export { typeHint } from "./types";
export { missingModuleHint } from "./modules";
export { isForeign, OF_OLD_PAGES } from "./unknown";
