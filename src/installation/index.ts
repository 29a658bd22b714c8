export { jupyterVariables } from "./jupyter";
export { registerKernel } from "./kernel";
export { openCourse } from "./openCourse";
export { inProject, projectRoot, python } from "./paths";
export { Problem } from "./Problem";
export { resetLesson } from "./resetLesson";
