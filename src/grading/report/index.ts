export * from "./GradeReport";
