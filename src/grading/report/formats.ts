import type { GradeReport } from "./GradeReport";
import { csvReport } from "./csv";
import { githubClassroomReport } from "./githubClassroom";
import { gradescopeReport } from "./gradescope";
import { htmlReport } from "./html";
import { junitReport } from "./junit";
import { textReport } from "./text";

/** A form that a report can be written in. */
export interface ReportFormat {
  /** What its file is called, where a folder is given. */
  file: string;
  /** The platform takes one student at a time: of a class each has a file of their own. */
  perStudent?: boolean;
  /** The file's text. */
  write(report: GradeReport): string;
}

/** All forms by name; `json` is the canonical report itself. */
export const reportFormats = {
  json: {
    file: "grades.json",
    write: (report: GradeReport) => JSON.stringify(report, undefined, 2) + "\n",
  },
  csv: { file: "grades.csv", write: csvReport },
  junit: { file: "junit.xml", write: junitReport },
  gradescope: { file: "results.json", perStudent: true, write: gradescopeReport },
  "github-classroom": {
    file: "github-classroom.json",
    perStudent: true,
    write: githubClassroomReport,
  },
  html: { file: "grades.html", write: htmlReport },
  text: { file: "grades.txt", write: textReport },
} satisfies Record<string, ReportFormat>;

export type ReportFormatName = keyof typeof reportFormats;
