export * from "./tensor";
export * from "./arithmetic";
export * from "./kernels";
export * from "./network";
export * as zoo from "./zoo";
export * from "./data";
export * from "./notebook";
export * from "./exercises";
export { doctor, type Finding } from "./installation/doctor";
