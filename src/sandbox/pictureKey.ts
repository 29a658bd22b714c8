/** What a picture of the course is known by on both sides: its name and how it was asked for. */
export function pictureKey(name: unknown, options: unknown = {}): string | undefined {
  if (typeof options !== "object" || options === null) return undefined;
  const { size, grey, ...others } = options as { size?: unknown; grey?: unknown };
  if (Object.keys(others).length > 0) return undefined;
  return JSON.stringify([name, size, grey]);
}
