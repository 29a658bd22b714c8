// npm start: sets the course up where that is still to be done, and opens it.
// Nothing is installed yet when this runs, and Node may be an old one: hence no dependencies here, and
// nothing but old syntax until the version has been looked at.
import { requireNode } from "./setup/node.mjs";

requireNode();
import("./setup/main.mjs").then(({ start }) => start(process.argv.slice(2)));
