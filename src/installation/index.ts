export { jupyterVariables } from "./jupyter";
export { registerKernel, STOCK_KERNEL } from "./kernel";
export { prepareLearnerFolder } from "./learnerFolder";
export { openCourse } from "./openCourse";
export { Problem } from "./Problem";
export { resetLesson } from "./resetLesson";
