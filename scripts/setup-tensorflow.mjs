// npm run setup:tensorflow: puts tfjs on native TensorFlow. As in start.mjs, nothing but old syntax until
// Node's version has been looked at.
import { requireNode } from "./setup/node.mjs";

requireNode();
import("./setup/tensorflow/main.mjs").then(({ main }) => main(process.argv.slice(2)));
