import type { Enrolled, Student } from "../report";
import { folded, type Roster } from "./roster";

/**
 * Whose work a submission is: the student's, or that of all of their group where the roster has groups, whoever of
 * them handed it in, and under the group's name too.
 */
export function authorsOf(
  roster: Roster | undefined,
  student: Student,
  enrolled: Enrolled | undefined,
): Student[] {
  const group =
    enrolled?.group ??
    roster?.students.find(({ group }) => group && folded(group) === folded(student.id))?.group;
  if (!roster || group === undefined) return [student];
  const by = enrolled ? `, handed in by ${enrolled.student}` : "";
  return roster.students
    .filter((one) => one.group === group)
    .map((one) =>
      one === enrolled ? student : { id: one.student, foundIn: `group ${group}${by}` },
    );
}
