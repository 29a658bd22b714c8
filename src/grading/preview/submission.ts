import { display } from "../../notebook";
import { notebookFile } from "./notebookFile";

/**
 * Shows what the grader sees in your saved notebook, exercise by exercise, before you hand it in: the functions it finds,
 * their marks, and why something does not count. It reads the file, and nothing of what this kernel remembers, through the
 * grader's own code and behind its walls; only the random inputs are others than your instructor's. The receipt says which
 * file it was, when, and what it got.
 *
 * @param file the notebook, by path or lesson; left out, the one that is open
 * @throws ArgumentError where it is not known which one is meant
 */
export async function submission(file?: string): Promise<void> {
  const found = notebookFile(file);
  // The grader is loaded when somebody asks for it: it would slow every notebook's first import.
  const { previewOf } = require("./previewOf") as typeof import("./previewOf");
  const { previewCard } = require("./previewCard") as typeof import("./previewCard");
  display(previewCard(await previewOf(found)));
}
