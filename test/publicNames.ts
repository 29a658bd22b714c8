import * as convbook from "convbook";

/** What of the library is marked as internal, and so has no type that a cell could import. */
const INTERNAL = ["shownMatrices"];

/** What a cell can import from the library. */
export const publicNames = Object.keys(convbook).filter((name) => !INTERNAL.includes(name));
