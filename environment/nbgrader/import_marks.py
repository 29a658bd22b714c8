"""Brings the marks that convbook gave into nbgrader's gradebook.

    python import_marks.py reports/05/grades.json [gradebook.db]

Run it with nbgrader's own Python, in the class's folder. Each exercise's points become the manual score of its check,
which counts in place of nbgrader's own, brought to the points that the check has in `source/`; the late penalty and what
an override changes become nbgrader's penalty and extra credit. The assignment has to be known to nbgrader
(`nbgrader generate_assignment`), the students need not. Run again, it writes the same marks again.
"""

import json
import sys
from datetime import datetime, timezone

from nbgrader.api import Gradebook, MissingEntry


def main(report_file, database="gradebook.db"):
    with open(report_file, encoding="utf-8") as file:
        report = json.load(file)
    with Gradebook(f"sqlite:///{database}") as gradebook:
        for lesson in report["lessons"]:
            assignment = lesson["name"]
            try:
                gradebook.find_assignment(assignment)
            except MissingEntry:
                sys.exit(f"nbgrader has no assignment {assignment}: nbgrader generate_assignment {assignment}")
            for submission in counted(report["submissions"], assignment):
                write(gradebook, assignment, submission)
    print(f"Written to {database}; nbgrader export shows the marks.")


def counted(submissions, assignment):
    """Of each student's notebooks for an assignment the one that counts."""
    best = {}
    for submission in submissions:
        if submission.get("lesson") != assignment or submission["outcome"] != "graded":
            continue
        if submission.get("notCounted"):  # by the policy of the run: best, last or first
            continue
        student = submission["student"]["id"]
        known = best.get(student)
        if known is None or order(submission) > order(known):
            best[student] = submission
    return best.values()


def order(submission):
    return (submission["final"], submission["earned"])


def write(gradebook, assignment, submission):
    student = submission["student"]["id"]
    gradebook.update_or_create_student(student)
    submitted = gradebook.update_or_create_submission(assignment, student)
    at = submission.get("submitted", {}).get("at")
    if at is not None:
        time = datetime.fromisoformat(at.replace("Z", "+00:00"))
        submitted.timestamp = time.astimezone(timezone.utc).replace(tzinfo=None)
    awarded = {exercise["id"]: exercise for exercise in submission["exercises"]}
    grades = [grade for notebook in submitted.notebooks for grade in notebook.grades]
    score = 0.0
    for grade in grades:
        exercise = awarded.get(exercise_of(grade.name))
        fraction = exercise["awarded"] / exercise["points"] if exercise and exercise["points"] else 0
        grade.manual_score = fraction * grade.max_score
        grade.extra_credit = 0
        grade.needs_manual_grade = False
        score += grade.manual_score
    if not grades:
        return
    # What is not in the exercises: the penalty, and the mark that the instructor set for the whole lesson.
    scale = sum(grade.max_score for grade in grades) / submission["points"]
    difference = submission["final"] * scale - score
    for notebook in submitted.notebooks:
        notebook.late_submission_penalty = None
    submitted.notebooks[0].late_submission_penalty = round(max(0.0, -difference), 6) or None
    grades[0].extra_credit = round(max(0.0, difference), 6)
    gradebook.db.commit()


def exercise_of(cell):
    """`00.countValues` of `00-countValues-check`"""
    lesson, _, rest = cell.partition("-")
    return f"{lesson}.{rest.removesuffix('-check')}"


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    main(*sys.argv[1:])
