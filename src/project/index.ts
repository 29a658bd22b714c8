export { findLesson, lessonFolder, lessonName, lessonNames, noSuchLesson } from "./lessons";
export { inLearner, inProject, projectRoot, python } from "./paths";
export { makeFolder, NotWritten, replaceFile } from "./replaceFile";
