// Few rules, all of which find faults: a promise that nobody waits for, an import that is loaded for its types.
// (What is unused the compiler finds.)
import tseslint from "typescript-eslint";

export default tseslint.config({
  files: ["src/**/*.ts"],
  ignores: ["src/engine/assembly/**"],
  languageOptions: {
    parser: tseslint.parser,
    parserOptions: {
      project: "src/tsconfig.json",
      tsconfigRootDir: new URL(".", import.meta.url).pathname,
    },
  },
  plugins: { "@typescript-eslint": tseslint.plugin },
  rules: {
    "@typescript-eslint/await-thenable": "error",
    "@typescript-eslint/consistent-type-imports": [
      "error",
      { disallowTypeAnnotations: false, fixStyle: "inline-type-imports" },
    ],
    "@typescript-eslint/no-floating-promises": "error",
    "@typescript-eslint/no-misused-promises": "error",
  },
});
