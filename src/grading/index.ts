export * from "./gradeSubmissions";
export * from "./report";
export * from "./settings";
export * from "./writeReports";
