import { createHash } from "node:crypto";
import { escapeMarkup } from "../../notebook";
import type { OverrideRow } from "../marks/overrides";
import { counted } from "../report/counted";
import { formatPoints } from "../report/formatPoints";
import type { ExerciseReport, GradeReport, SubmissionReport } from "../report";
import { htmlDetails, htmlName, htmlPage } from "../report/page";
import { SYMBOLS } from "../report/text";
import { REVIEW_SCRIPT } from "./reviewScript";

/** What is set or said of one answer: whose, and of what. */
interface CardKey {
  student: string;
  lesson: string;
  exercise?: string;
}

interface Card {
  key: CardKey;
  html: string;
}

/** What the page saves, and `--overrides` reads. */
const FILE = "overrides.json";

/**
 * A page to read answers side by side and to write: comments, and points with their reason, beside what the tests gave.
 * It saves one file, which `--overrides` reads. It works without a network and sends nothing anywhere; the one script in
 * it is ours, which its policy says by a hash, and what students wrote is text.
 *
 * @param rows what the instructor has written already
 */
export function reviewPage(report: GradeReport, rows: readonly OverrideRow[]): string {
  const sections = report.lessons.flatMap(({ name, exercises, factor = 1 }) => {
    const submissions = report.submissions.filter(
      ({ lesson, outcome }) => lesson === name && outcome === "graded",
    );
    const parts = exercises.map(({ id, title }) => ({
      title: `${id} ${title}`,
      cards: sameMarked(
        submissions.flatMap((submission) => {
          const found = submission.exercises.find((one) => one.id === id);
          if (!found) return [];
          // Points by hand are given before the whole is multiplied.
          const [points, earned, awarded] = [found.points, found.earned, found.awarded].map(
            (points) => points / factor,
          );
          const exercise = { ...found, points, earned, awarded };
          const isQuestion = exercise.verdict === "by hand";
          return [(isQuestion ? questionCard : answerCard)(submission, exercise, name)];
        }),
      ),
    }));
    const whole = submissions.map((submission) => wholeCard(submission, name));
    return [...parts, { title: `${name}: the whole notebook`, cards: whole }];
  });
  const cards = sections.flatMap((section) => section.cards);
  let number = 0;
  const body = sections.map(({ title, cards }, i) => {
    const html = cards.map((card) =>
      card.html.replace("data-card", () => `data-card="${number++}"`),
    );
    return `<section id="part${i}"><h2>${escapeMarkup(title)}</h2><div class="side">${html.join("\n")}</div></section>`;
  });
  const options = sections.map(
    ({ title }, i) => `<option value="part${i}">${escapeMarkup(title)}</option>`,
  );
  const data = {
    file: FILE,
    key: createHash("sha256")
      .update(JSON.stringify(cards.map(({ key }) => key)))
      .digest("hex"),
    cards: cards.map(({ key }) => key),
    rows: rows.map(({ where: _, ...row }) => row),
  };
  const bar =
    `<div class="bar"><select id="chooser" aria-label="What is shown">${options.join("")}</select> ` +
    '<button id="save">Save</button> <label class="faint">Open <input type="file" id="open" accept=".json"></label> ' +
    '<label><input type="checkbox" id="hide"> Hide names</label> ' +
    '<label><input type="checkbox" id="lost"> Only where points are lost</label> ' +
    '<label><input type="checkbox" id="todo"> Only what is not written to</label> <span id="state" class="faint"></span></div>';
  const block = `<script type="application/json" id="data">${inScript(data)}</script>`;
  return htmlPage("Answers side by side", [bar, ...body, block].join("\n"), STYLE, REVIEW_SCRIPT);
}

function answerCard(submission: SubmissionReport, exercise: ExerciseReport, lesson: string): Card {
  const { verdict, earned, points, tests, message, diagnosis, remarks, code, output } = exercise;
  const passed = tests.filter((test) => test.verdict === "passed").length;
  const failed = tests.filter((test) => test.verdict !== "passed");
  const lines = failed.map(
    ({ title, message }) =>
      `<li><span class="bad">✗</span> <code>${escapeMarkup(title)}</code>${message ? ` ${escapeMarkup(message)}` : ""}</li>`,
  );
  const notes = [message, diagnosis, ...remarks].filter((note): note is string => Boolean(note));
  const facts = [
    ...notes.map((note) => `<p>${escapeMarkup(note)}</p>`),
    lines.length > 0 && !message ? `<ul>${lines.join("")}</ul>` : "",
    code === undefined ? "" : `<pre>${escapeMarkup(code)}</pre>`,
    output ? htmlDetails("What it printed", `<pre>${escapeMarkup(output)}</pre>`) : "",
  ];
  const headline = `${SYMBOLS[verdict]} ${verdict}, ${passed} of ${counted(tests.length, "test")}: <b>${formatPoints(earned)}</b> of ${formatPoints(points)}`;
  const same = code === undefined ? "" : hashOf(code.replace(/\s+/g, " ").trim());
  return {
    key: { student: submission.student.id, lesson, exercise: exercise.id },
    html: cardHtml(submission, headline, facts, earned < points, same, points),
  };
}

/** What a student wrote in words, where a question was asked: the text cells that name it, or else all. */
function questionCard(
  submission: SubmissionReport,
  exercise: ExerciseReport,
  lesson: string,
): Card {
  const { id, points, awarded, override } = exercise;
  const { student, texts = [] } = submission;
  const naming = texts.filter((text) => text.includes(id));
  const shown = naming.length > 0 ? naming : texts;
  const facts = shown.map((text) => `<pre>${escapeMarkup(text)}</pre>`);
  if (shown.length === 0) facts.push("<p>Nothing stands in text cells of their own.</p>");
  const headline = override
    ? `<b>${formatPoints(awarded)}</b> of ${formatPoints(points)}`
    : `no points yet, of ${formatPoints(points)}`;
  const same = shown.length === 0 ? "" : hashOf(shown.join("\n"));
  return {
    key: { student: student.id, lesson, exercise: id },
    html: cardHtml(submission, headline, facts, awarded < points, same, points),
  };
}

function wholeCard(submission: SubmissionReport, lesson: string): Card {
  const { earned, points, final, texts = [], student } = submission;
  const written = texts.map((text) => `<pre>${escapeMarkup(text)}</pre>`);
  const facts =
    written.length > 0 ? ["<p>What stands in text cells of their own:</p>", ...written] : [];
  const headline = `tests <b>${formatPoints(earned)}</b>, mark <b>${formatPoints(final)}</b> of ${formatPoints(points)}`;
  return {
    key: { student: student.id, lesson },
    html: cardHtml(submission, headline, facts, final < points, "", points),
  };
}

function cardHtml(
  { student, notCounted, file }: SubmissionReport,
  headline: string,
  facts: readonly string[],
  isLost: boolean,
  same: string,
  points: number,
): string {
  const other = notCounted
    ? ` <span class="faint">${escapeMarkup(file)} does not count</span>`
    : "";
  const fields =
    `<div class="fields"><label>Points <input type="number" name="points" min="0" max="${formatPoints(points)}" step="any" placeholder="of ${formatPoints(points)}"></label> ` +
    '<label>Reason <input type="text" name="reason"></label>' +
    '<label>Comment <textarea name="comment" rows="2"></textarea></label><span class="problem bad"></span></div>';
  return (
    `<article data-card data-same="${same}"${isLost ? ' class="lost"' : ""}>` +
    `<h3><span class="name">${htmlName(student.id)}</span>${other}</h3><p>${headline}</p>${facts.join("")}${fields}</article>`
  );
}

/** Answers with the very same code can be written to in one go; the others need no button for it. */
function sameMarked(cards: Card[]): Card[] {
  const count = new Map<string, number>();
  const sameOf = ({ html }: Card): string => /data-same="([0-9a-f]*)"/.exec(html)![1];
  for (const card of cards) count.set(sameOf(card), (count.get(sameOf(card)) ?? 0) + 1);
  return cards.map((card) => {
    const all = count.get(sameOf(card)) ?? 0;
    if (sameOf(card) === "" || all < 2) return card;
    const button = `<button class="same">The same for all ${all} who wrote this</button></div></article>`;
    return { ...card, html: card.html.replace(/<\/div><\/article>$/, () => button) };
  });
}

/** JSON that no HTML ends, and that holds no character which the page would replace. */
function inScript(data: unknown): string {
  return JSON.stringify(data).replace(
    /[<>&\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

const STYLE = `
body { max-width: none; }
.bar { position: sticky; top: 0; z-index: 1; background: var(--page); border-bottom: 1px solid var(--line); padding: .5em 0;
  display: flex; flex-wrap: wrap; gap: .4em 1em; align-items: center; }
.bar select { max-width: 30em; }
.side { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 30em), 1fr)); gap: 1em; align-items: start; }
article { border: 1px solid var(--line); border-radius: 6px; padding: .6em .9em; min-width: 0; }
article.written { border-color: var(--accent); }
article h3, article p { margin: .2em 0; } article pre { max-height: 28em; overflow: auto; margin: .4em 0; }
.fields { display: flex; flex-wrap: wrap; gap: .4em .8em; align-items: baseline; margin-top: .5em; }
.fields [name=points] { width: 6em; } .fields label:nth-child(2) { flex: 1; } .fields [name=reason] { width: calc(100% - 5em); min-width: 8em; }
.fields label:nth-child(3) { width: 100%; } textarea { width: 100%; box-sizing: border-box; font: inherit; }
input, textarea, select, button { font: inherit; color: inherit; background: var(--box); border: 1px solid var(--line); border-radius: 4px; padding: .15em .4em; }
body:has(#hide:checked) .name { visibility: hidden; }
body:has(#lost:checked) article:not(.lost), body:has(#todo:checked) article.written:not(:focus-within) { display: none; }
@media print { .bar, .fields button { display: none; } section[hidden] { display: block; } }
`;
