/** How many letters must be put in, taken out or changed to make the one word of the other. */
export function spellingDistance(one: string, other: string): number {
  let distances = Array.from({ length: other.length + 1 }, (_, i) => i);
  [...one].forEach((letter, i) => {
    const next = [i + 1];
    for (let j = 0; j < other.length; j++)
      next.push(
        Math.min(distances[j + 1] + 1, next[j] + 1, distances[j] + (letter === other[j] ? 0 : 1)),
      );
    distances = next;
  });
  return distances[other.length];
}

/** The name that was probably meant: a third of its letters, and two at most, may be wrong. */
export function probablyMeant(name: string, names: readonly string[]): string | undefined {
  const most = Math.min(2, Math.floor(name.length / 3));
  const small = name.toLowerCase();
  return names.find((known) => spellingDistance(small, known.toLowerCase()) <= most);
}
