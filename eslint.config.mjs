// Few rules, all of which find faults: a promise that nobody waits for, an import that is loaded for its types.
// (What is unused the compiler finds.)
import tseslint from "typescript-eslint";

const promises = {
  "@typescript-eslint/await-thenable": "error",
  "@typescript-eslint/no-floating-promises": "error",
  "@typescript-eslint/no-misused-promises": "error",
};
const typeImports = {
  "@typescript-eslint/consistent-type-imports": [
    "error",
    { disallowTypeAnnotations: false, fixStyle: "inline-type-imports" },
  ],
};

/** Each folder is a project of the compiler's. */
const inFolder = (folder, rules, ignores = []) => ({
  files: [`${folder}/**/*.ts`],
  ignores,
  languageOptions: {
    parser: tseslint.parser,
    parserOptions: {
      project: `${folder}/tsconfig.json`,
      tsconfigRootDir: new URL(".", import.meta.url).pathname,
    },
  },
  plugins: { "@typescript-eslint": tseslint.plugin },
  rules,
});

export default tseslint.config(
  inFolder("src", { ...promises, ...typeImports }, ["src/engine/assembly/**"]),
  inFolder("lessons", promises), // solutions import as a learner does
  inFolder("test", { ...promises, ...typeImports }, ["test/grading/hostile/submissions/**"]),
  inFolder("bench", { ...promises, ...typeImports }, ["bench/assembly/**"]),
);
