import fs from "node:fs";
import path from "node:path";

/** How many inputs are kept over the sessions. */
const KEPT = 2000;

interface Entry {
  session: number;
  line: number;
  input: string;
  output?: string;
}

/** What has been executed, in this session of the kernel and in those before it, in a file of JSON lines. */
export class History {
  private readonly entries: Entry[];
  private readonly session: number;

  /** @param file where it is kept; without it, this session alone is remembered */
  constructor(private readonly file?: string) {
    this.entries = file ? read(file) : [];
    this.session = (this.entries.at(-1)?.session ?? 0) + 1;
  }

  add(line: number, input: string, output?: string): void {
    const { session } = this;
    const entry = { session, line, input, ...(output !== undefined && { output }) };
    this.entries.push(entry);
    if (!this.file) return;
    try {
      fs.appendFileSync(this.file, `${JSON.stringify(entry)}\n`);
    } catch {
      // a full disk must not end a lesson
    }
  }

  /** The reply to a `history_request`, as the protocol defines it. */
  answer(request: Record<string, unknown>): unknown[] {
    const found = this.find(request);
    return found.map(({ session, line, input, output }) => [
      session,
      line,
      request.output ? [input, output ?? null] : input,
    ]);
  }

  private find(request: Record<string, unknown>): Entry[] {
    const { hist_access_type: type, n, start, stop, session, pattern, unique } = request;
    if (type === "range") {
      const wanted =
        Number(session ?? 0) > 0 ? Number(session) : this.session + Number(session ?? 0);
      const [from, to] = [Number(start ?? 0), Number(stop ?? Infinity)];
      return this.entries.filter(
        (entry) => entry.session === wanted && entry.line >= from && entry.line < to,
      );
    }
    const count = Number(n ?? 0) > 0 ? Number(n) : this.entries.length;
    if (type !== "search") return this.entries.slice(-count);
    const matches = glob(String(pattern ?? "*"));
    let found = this.entries.filter(({ input }) => matches(input));
    if (unique) found = [...new Map(found.map((entry) => [entry.input, entry])).values()];
    return found.slice(-count);
  }
}

function read(file: string): Entry[] {
  try {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    if (!fs.existsSync(file)) return [];
    const lines = fs.readFileSync(file, "utf8").split("\n").filter(Boolean);
    if (lines.length > 2 * KEPT) fs.writeFileSync(file, `${lines.slice(-KEPT).join("\n")}\n`);
    return lines.slice(-KEPT).flatMap(parse);
  } catch {
    return [];
  }
}

/** A line that was cut off by a crash is passed over. */
function parse(line: string): Entry[] {
  try {
    const entry = JSON.parse(line) as Entry;
    return typeof entry.input === "string" && typeof entry.session === "number" ? [entry] : [];
  } catch {
    return [];
  }
}

/** Whether a whole text matches a pattern of the shell, `*` and `?`, in linear steps for each star. */
function glob(pattern: string): (text: string) => boolean {
  return (text) => {
    let [patternIndex, textIndex, star, resume] = [0, 0, -1, 0];
    while (textIndex < text.length) {
      if (pattern[patternIndex] === "*") [star, resume] = [patternIndex++, textIndex];
      else if (
        pattern[patternIndex] === "?" ||
        (patternIndex < pattern.length && pattern[patternIndex] === text[textIndex])
      ) {
        patternIndex++;
        textIndex++;
      } else if (star >= 0) [patternIndex, textIndex] = [star + 1, ++resume];
      else return false;
    }
    while (pattern[patternIndex] === "*") patternIndex++;
    return patternIndex === pattern.length;
  };
}
