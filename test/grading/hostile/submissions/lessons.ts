// Attempts to list the lessons and read their solutions.
// Verdict: error
import { lessonFolder, lessonNames } from "#dist/project/index.js";
function scale() {
  throw new Error(lessonNames().map(lessonFolder).join() + "export function zeroPad");
}
