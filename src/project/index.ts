export { lessonFolder, lessonName, lessonNames } from "./lessons";
export { inProject, projectRoot, python } from "./paths";
export { makeFolder, NotWritten, replaceFile } from "./replaceFile";
