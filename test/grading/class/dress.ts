import { permutation, type Random } from "convbook";

/** A function as somebody else would have written it: the cells that make it known, and those that check it. */
export interface Dressed {
  cells: string[];
  check: string;
}

/** What a way to write a function is given: `ownName` is `name` under another name, declared by `code`. */
interface Plain {
  id: string;
  name: string;
  ownName: string;
  code: string;
}

type Style = (plain: Plain) => string[];

/** Ways in which students make a function known. None changes what it gives. */
const STYLES: Style[] = [
  ({ name, ownName, code }) => [
    `${code}\nlet ${name} = (() => undefined) as any as typeof ${ownName};`,
    `${name} = ((...all: any[]) => (${ownName} as any)(...all)) as any;`,
  ],
  ({ name, ownName, code }) => [
    `namespace ${name}Space {\n${code}\nexport const found = ${ownName};\n}`,
    `const ${name} = ${name}Space.found;`,
  ],
  ({ name, ownName, code }) => [
    `${code}\nclass ${name}Class {\n  static calls = 0;\n  static run(...all: any[]): any {\n    this.calls++;\n    return (${ownName} as any)(...all);\n  }\n}`,
    `const ${name} = ${name}Class.run.bind(${name}Class);`,
  ],
  ({ name, ownName, code }) => [`let ${name}: any;\n{\n${code}\n${name} = ${ownName};\n}`],
  ({ name, ownName, code }) => [
    code,
    `const ${name}Object = { ${name}: (...all: any[]): any => (${ownName} as any)(...all), ${name}Other: 1 };`,
    `const { ${name}, ${name}Other } = ${name}Object;`, // stock tslab refuses one under another name
  ],
  ({ name, ownName, code }) => [
    `const ${name}Table: number[] = [];\nfor (let i = 0; i < 3; i++) ${name}Table.push(i);`,
    `${code}\nfunction ${name}(...all: any[]): any {\n  if (${name}Table.length !== 3) throw new Error("the table was not filled");\n  return (${ownName} as any)(...all);\n}`,
  ],
  ({ name, ownName, code }) => [
    `const size = 2;\n${code}\nfunction ${name}(...all: any[]): any {\n  return size === 2 ? (${ownName} as any)(...all) : undefined;\n}`,
    'const size = "large";\nconsole.log(size);',
  ],
  ({ name, ownName, code }) => [`const ${name} = (() => {\n${code}\nreturn ${ownName};\n})();`],
  ({ name, ownName, code }) => [
    `function ${name}(...all: any[]): any {\n  const [answer] = ${name}All();\n  return answer(...all);\n}`,
    `${code}\nfunction* ${name}All(): Generator<any> {\n  yield ${ownName};\n}`,
    `function ${name}(...all: any[]): any {\n  for (const answer of ${name}All()) return answer(...all);\n}`,
  ],
  ({ name, ownName, code }) => [
    `${code}\nconst ${name}Known = new Map<string, any>();\n${name}Known.set("answer", ${ownName});`,
    `var ${name} = function (this: unknown, ...all: any[]): any {\n  return ${name}Known.get("answer")!.apply(this, all);\n};`,
  ],
  ({ name, ownName, code }) => [
    `${code}\nenum ${name}Way { Direct, Round }\nlet ${name}Way_ = ${name}Way.Round;`,
    `const ${name} = new Proxy(${ownName} as any, {\n  apply: (target, self, all) => (${name}Way_ === ${name}Way.Direct ? undefined : Reflect.apply(target, self, all)),\n});`,
  ],
];

/** Ways in which they check it. */
const CHECKS: ((plain: Plain) => string)[] = [
  ({ id, name }) => `await check("${id}", ${name});`,
  ({ id, name }) => `const ${name}Id = "${id}";\nawait check(${name}Id, ${name});`,
  ({ id, name }) => `const ${name}Verify = check;\nawait ${name}Verify("${id}", ${name});`,
  ({ id, name }) =>
    `for (const [id, answer] of [["${id}", ${name}]] as [string, any][]) await check(id, answer);`,
  ({ id, name }) =>
    `async function ${name}Test(answer: any) {\n  return check("${id}", answer);\n}\nawait ${name}Test(${name});`,
  ({ id, name }) => `await check("${id}", ${name} as any).then((result) => console.log(result));`,
  ({ id, name }) => `await Promise.all([check("${id}", ${name} as any)]);`,
];

/**
 * A function in a style drawn at random.
 *
 * @param code declares it as a function or a constant of this name
 * @returns undefined where it declares it in another way
 */
export function dressed(
  code: string,
  id: string,
  name: string,
  source: Random,
): Dressed | undefined {
  const [style] = permutation(STYLES.length, source);
  const [check] = permutation(CHECKS.length, source);
  const ownName = `${name}Plain`;
  const declared = new RegExp(`\\b(function|const) ${name}\\b`);
  if (!declared.test(code) || code.includes("import ")) return undefined;
  const plain = { id, name, ownName, code: code.replace(declared, `$1 ${ownName}`) };
  return { cells: STYLES[style](plain), check: CHECKS[check](plain) };
}
