/** The numbers of messages about a type that was left out (`noImplicitAny`): such a cell runs all the same. */
export const isSloppiness = (code: number) =>
  code >= 7005 && code <= 7053 && code !== 7027 && code !== 7029 && code !== 7030;
