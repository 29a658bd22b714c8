export * from "./feedbackZip";
export * from "./gradebook";
export * from "./gradeSubmissions";
export * from "./report";
export * from "./settings";
export * from "./submissions/findSubmissions";
export { layoutNamed, type LayoutName } from "./submissions/layouts";
export { lessonNamed } from "./submissions/lessonNames";
export * from "./writeReports";
