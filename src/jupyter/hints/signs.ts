/** Signs that look like the code's own, or like nothing, and came along with a text that was copied. */
const SIGNS: readonly (readonly [signs: RegExp, hint: (sign: string) => string])[] = [
  [
    /[\uff01-\uff5e]/,
    (sign) =>
      `This sign is a full-width one, of an East Asian keyboard. Code takes the plain ${String.fromCharCode(sign.charCodeAt(0) - 0xfee0)}`,
  ],
  [
    /[\u200b-\u200f\u2028-\u202f\u2060-\u2064\u00ad\ufeff]/,
    () =>
      "A sign that cannot be seen stands here, copied along with the text: delete it, or type the line anew.",
  ],
  [
    /[\u2212\u2010-\u2015]/,
    () => "This is a dash of a printed text. Code takes the - of the keyboard.",
  ],
  [/[\u00d7\u22c5\u00b7\u2217]/, () => "Times is written *."],
  [/[\u00f7\u2044\u2215]/, () => "Divided by is written /."],
  [/[\u2264\u2265\u2260]/, () => "These are written <=, >= and !==."],
  [
    /[\u2190\u2192\u21d2]/,
    () => "The arrow of a function is written =>, and a value is given by =.",
  ],
  [/\u2026/, () => "Three dots are written one by one: ..."],
  [/[\u00b2\u00b3]/, () => "A power is written x ** 2."],
];

/** What is said of a sign that belongs to no code. */
export function signHint(sign: string): string | undefined {
  return SIGNS.find(([signs]) => signs.test(sign))?.[1](sign);
}
