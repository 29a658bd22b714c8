export { type Bracket, unclosedBracket, type OpenBracket } from "./brackets";
export { syntaxHint } from "./syntax";
export { typeHint, type HintContext } from "./types";
export { missingModuleHint } from "./modules";
