/** Something that the person at the keyboard can mend: the message is all that they need to see of it. */
export class Problem extends Error {
  override name = "Problem";
}
