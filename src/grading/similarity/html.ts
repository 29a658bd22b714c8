import { escapeMarkup } from "../../notebook";
import { htmlBars, htmlDetails, htmlName, htmlPage, htmlTable } from "../report/page";
import type { ClassSimilarity, SimilarPair } from "./compareClass";
import { type KnownRuns, knownRuns, markedTexts, type MarkedText } from "./matches";
import { shownPairs } from "./shownPairs";
import { formatScore, LIMITS, NOT_AN_ACCUSATION, thresholdSentence } from "./words";

const STYLE = `
.caution { border: 2px solid var(--accent); border-radius: 6px; padding: .2em 1em; }
.sides { display: grid; grid-template-columns: 1fr 1fr; gap: 1em; } .sides > div { min-width: 0; }
@media (max-width: 45em) { .sides { grid-template-columns: 1fr; } }
mark { color: inherit; background: var(--rare); } mark.common { background: var(--common); }
`;

/**
 * Similar programs side by side, with what they share marked, on one page without scripts. It begins by
 * saying that it accuses nobody.
 *
 * @param lesson `"05-pooling"`
 * @param starterOf the code that everybody began with, which is not marked
 */
export function similarityHtml(
  lesson: string,
  similarity: ClassSimilarity,
  starterOf: (exercise: string) => string,
): string {
  const { pairs, students, withoutCode } = similarity;
  const shown = shownPairs(similarity);
  const known = knownRunsIn(similarity, starterOf);
  const parts = [
    `<div class="caution"><p><b>${NOT_AN_ACCUSATION}</b></p><p>${LIMITS}</p></div>`,
    `<p>${escapeMarkup(thresholdSentence(similarity))}</p>`,
    histogram(similarity),
    shown.length > 0
      ? htmlTable(
          ["score", "students", "most alike in"],
          shown.map((pair) => [
            formatScore(pair.score),
            namesOf(pair, similarity),
            pair.exercises
              .slice(0, 3)
              .map(({ id, score: likeness }) => `${escapeMarkup(id)} (${formatScore(likeness)})`)
              .join(", "),
          ]),
        )
      : "",
    `<p>Marked: <mark class="rare">what the two share</mark>, and <mark class="common">what most of the class has as well</mark>.</p>`,
    ...shown.map((pair) => pairHtml(pair, similarity, known)),
    pairs.length > shown.length
      ? `<p class="faint">${pairs.length - shown.length} pairs with lower scores are not shown.</p>`
      : "",
    withoutCode.length > 0
      ? `<p class="faint">Too little code of their own to compare: ${withoutCode.map(({ student }) => htmlName(student)).join(", ")}.</p>`
      : "",
  ];
  return htmlPage(
    `Similar code in ${lesson}: ${students.length} students`,
    parts.join("\n"),
    STYLE,
  );
}

function pairHtml(
  pair: SimilarPair,
  similarity: ClassSimilarity,
  known: (exercise: string) => KnownRuns,
): string {
  const [one, other] = pair.students.map((i) => similarity.students[i]);
  const exercises = pair.exercises.map(({ id, score: likeness }) => {
    const texts = markedTexts(one.code.get(id)!, other.code.get(id)!, known(id));
    const sides = [one, other].map(
      ({ student }, side) =>
        `<div><p>${htmlName(student)}</p><pre>${texts[side].map(markedHtml).join("")}</pre></div>`,
    );
    return `<h3>${escapeMarkup(id)}: ${formatScore(likeness)}</h3><div class="sides">${sides.join("")}</div>`;
  });
  return htmlDetails(
    `<b>${formatScore(pair.score)}</b> ${namesOf(pair, similarity)}`,
    exercises.join("\n"),
  );
}

/** What is common in each exercise, found when it is first asked for. */
function knownRunsIn(
  { students }: ClassSimilarity,
  starterOf: (exercise: string) => string,
): (exercise: string) => KnownRuns {
  const found = new Map<string, KnownRuns>();
  return (exercise) => {
    const answers = students.flatMap(({ code }) => code.get(exercise) ?? []);
    const known = found.get(exercise) ?? knownRuns(answers, starterOf(exercise));
    found.set(exercise, known);
    return known;
  };
}

function markedHtml({ text, shared }: MarkedText): string {
  if (shared === "no") return escapeMarkup(text);
  return `<mark class="${shared}">${escapeMarkup(text)}</mark>`;
}

function namesOf({ students: [i, j] }: SimilarPair, { students }: ClassSimilarity): string {
  return `${htmlName(students[i].student)} and ${htmlName(students[j].student)}`;
}

/** How the scores of all pairs lie, in twenty steps: what is usual here is seen at a glance. */
function histogram({ pairs, compared }: ClassSimilarity): string {
  const counts = new Array<number>(20).fill(0);
  counts[0] = compared - pairs.length;
  for (const pair of pairs) counts[Math.min(19, Math.floor(pair.score * 20))]++;
  const most = Math.max(...counts);
  const bars = counts.map((count, i) => ({
    label: i % 4 === 0 ? formatScore(i / 20) : "",
    count,
    height: Math.sqrt(count / most),
  }));
  return htmlBars("How many pairs have which score; heights are square roots", bars, 60);
}
