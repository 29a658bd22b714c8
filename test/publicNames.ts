import * as convbook from "convbook";

/** What a cell can import from the library. */
export const publicNames = Object.keys(convbook);
