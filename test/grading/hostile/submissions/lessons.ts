// Attempts to list the lessons and read their solutions.
// Verdict: error
import * as library from "convbook";
function scale() {
  const { lessonNames, lessonFolder } = library as any;
  throw new Error(lessonNames().map(lessonFolder).join() + "export function zeroPad");
}
