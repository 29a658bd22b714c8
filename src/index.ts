export * from "./tensor";
export * from "./arithmetic";
export * from "./kernels";
export * from "./data";
export * from "./notebook";
export * from "./exercises";
export { doctor, type Finding } from "./installation/doctor";
