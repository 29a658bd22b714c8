export { findLesson, lessonFolder, lessonName, lessonNames, noSuchLesson } from "./lessons";
export { whereInstalled } from "./lackingPackage";
export { inLearner, inProject, projectRoot, python } from "./paths";
export { pythonVariables } from "./pythonVariables";
export { makeFolder, NotWritten, replaceFile } from "./replaceFile";
