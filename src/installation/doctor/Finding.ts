/** One thing that the doctor has looked at. */
export interface Finding {
  /** What was looked at: "Node". */
  subject: string;
  /** Sound, worth knowing, or in the way of the course. */
  state: "good" | "warning" | "bad";
  /** What was found: "20.20.2". */
  found: string;
  /** What to do about it, a whole sentence; nothing to do when left out. */
  remedy?: string;
}

/** What to do about most of what can be amiss. */
export const START = "Run npm start in the project's folder: it mends this.";
