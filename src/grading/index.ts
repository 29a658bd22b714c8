export * from "./gradeSubmissions";
export * from "./report";
export * from "./settings";
export * from "./submissions/findSubmissions";
export * from "./submissions/lessonOf";
export * from "./writeReports";
