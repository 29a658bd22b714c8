/** `convbook/grading`: a class's notebooks graded by a program, as `convbook grade` does it. */
export * from "../grading";
