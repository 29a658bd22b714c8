import { printable } from "../../notebook";
import type { ClassSimilarity } from "./compareClass";
import { shownPairs } from "./shownPairs";
import { formatScore, NOT_AN_ACCUSATION, thresholdSentence } from "./words";

/** The most alike, a line each, for a terminal. */
export function similarityText(lesson: string, similarity: ClassSimilarity): string {
  const lines = shownPairs(similarity).map(({ score, students: [i, j], exercises }) => {
    const [one, other] = [i, j].map((k) => similarity.students[k].student);
    return `  ${formatScore(score)}  ${one} and ${other}, most alike in ${exercises[0].id}`;
  });
  const head = `${lesson}: ${similarity.students.length} students compared. ${NOT_AN_ACCUSATION}`;
  return printable([head, thresholdSentence(similarity), ...lines].join("\n")) + "\n";
}
