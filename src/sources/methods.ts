/** What changes a list, a map, a set or a tensor's data that it is called on. */
export const MUTATORS =
  /^(?:push|unshift|pop|shift|splice|sort|reverse|fill|copyWithin|set|add|delete|clear)$/;

/** What changes the object that it is given first: `Object.assign(table, { ... })`. */
export const CHANGES_FIRST =
  /^(?:assign|defineProperty|defineProperties|setPrototypeOf|deleteProperty)$/;

/** What only reads the list, map, set, text, number, promise or tensor that it is called on. Any other may change it. */
export const READERS: ReadonlySet<string> = new Set(
  [
    "at concat entries every filter find findIndex findLast findLastIndex flat flatMap forEach from includes indexOf",
    "isArray join keys lastIndexOf map of reduce reduceRight slice some subarray toReversed toSorted toSpliced values",
    "get has size with charAt charCodeAt codePointAt endsWith match matchAll normalize padEnd padStart repeat replace",
    "replaceAll search split startsWith substring toLowerCase toUpperCase trim trimEnd trimStart localeCompare",
    "toFixed toPrecision toString toLocaleString valueOf toJSON toISOString getTime then catch finally",
    "hasOwnProperty isPrototypeOf rank reshape transpose image channel toArray toMatrix clone as sum mean min max argmax",
    "indexAt test",
  ].flatMap((line) => line.split(" ")),
);

/** What belongs to everybody and changes nothing that it is given, but by the functions of `CHANGES_FIRST`. */
export const READING_GLOBALS: ReadonlySet<string> = new Set(
  "Array BigInt Boolean Date JSON Math Number Object Promise String Symbol console performance structuredClone".split(
    " ",
  ),
);
