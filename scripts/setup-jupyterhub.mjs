// npm run setup:jupyterhub: installs JupyterHub for a class. As in start.mjs, nothing but old syntax until Node's
// version has been looked at.
import { requireNode } from "./setup/node.mjs";

requireNode();
import("./setup/jupyterhub/main.mjs").then(({ main }) => main(process.argv.slice(2)));
