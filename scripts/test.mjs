// npm test: sets the project up where that is still to be done, and runs mocha. What follows `npm test --`
// goes to mocha. As in start.mjs, nothing but old syntax until Node's version has been looked at.
import { requireNode } from "./setup/node.mjs";

requireNode();
import("./setup/main.mjs").then(({ test }) => test(process.argv.slice(2)));
