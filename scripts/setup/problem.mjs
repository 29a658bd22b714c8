/** Something that the person at the keyboard can mend: its message is all they need to see. */
export class Problem extends Error {
  /** @override */
  name = "Problem";

  /**
   * @param {string} message what is wrong and what to do, in one line
   * @param {string[]} [details] lines to be shown before it: the end of what a command printed
   */
  constructor(message, details = []) {
    super(message);
    this.details = details;
  }
}
