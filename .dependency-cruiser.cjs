/**
 * Which folder of src/ may import which, checked by test/architecture.test.ts. Imports go one way, from the
 * top of this table down; whatever is not listed is forbidden.
 */
const mayImport = {
  tensor: [],
  notebook: [],
  project: ["tensor"],
  arithmetic: ["tensor"],
  kernels: ["tensor", "arithmetic"],
  engine: ["tensor", "arithmetic"],
  data: ["tensor", "project", "arithmetic"],
  network: ["tensor", "arithmetic", "notebook"],
  zoo: ["tensor", "network"],
  models: ["tensor", "arithmetic", "network"],
  plots: ["tensor", "arithmetic", "network", "notebook"],
  controls: ["tensor", "notebook", "data"],
  running: ["tensor", "arithmetic", "kernels", "engine", "network", "notebook"],
  explaining: ["tensor", "kernels", "running"],
  tfjs: ["tensor", "arithmetic", "kernels", "engine", "network", "running", "project"],
  storage: ["tensor", "network", "running", "project"],
  pretrained: [
    "tensor",
    "engine",
    "notebook",
    "project",
    "data",
    "network",
    "zoo",
    "running",
    "storage",
  ],
  training: ["tensor", "arithmetic", "engine", "network", "notebook", "plots", "running", "tfjs"],
  jupyter: ["tensor", "network", "notebook", "plots"],
  sources: ["tensor", "project"],
  exercises: ["tensor", "network", "notebook", "project", "sources"],
  installation: ["tensor", "kernels", "engine", "tfjs", "notebook", "project", "exercises"],
  sandbox: [
    "tensor",
    "arithmetic",
    "kernels",
    "network",
    "notebook",
    "project",
    "data",
    "sources",
    "exercises",
  ],
  grading: [
    "tensor",
    "arithmetic",
    "kernels",
    "network",
    "notebook",
    "project",
    "sources",
    "exercises",
    "sandbox",
  ],
};
const folders = Object.keys(mayImport);

/** Files that others import past the index of their room, which would load more than may be there. */
const alone = [
  "^src/notebook/(escapeMarkup|selfDisplay)\\.ts$", // for values' bundles, which run in browsers too
  "^src/sources/caughtAnswer\\.ts$", // for the child of the sandbox, which loads no compiler
];

const ofFolder = (folder) => ({
  name: folder,
  comment: `src/${folder} may import ${mayImport[folder].join(", ") || "no other folder"}.`,
  severity: "error",
  from: { path: `^src/${folder}/` },
  to: { path: "^src/", pathNot: [folder, ...mayImport[folder]].map((name) => `^src/${name}/`) },
});

module.exports = {
  forbidden: [
    ...folders.map(ofFolder),
    {
      name: "unlisted-folder",
      comment: "A new folder of src/ needs a row in the table.",
      severity: "error",
      from: {
        path: "^src/[^/]+/",
        pathNot: [...folders, "cli", "doors"].map((name) => `^src/${name}/`),
      },
      to: { path: "^src/" },
    },
    {
      name: "command-line-on-top",
      comment: "The command line imports everything; nothing imports it.",
      severity: "error",
      from: { pathNot: "^src/cli/" },
      to: { path: "^src/cli/" },
    },
    {
      name: "doors-on-top",
      comment:
        "src/index.ts and src/doors/ are for others. Within src/ they would make circles. (`engine` of convbook is convbook/engine.)",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/index\\.ts$" },
      to: { path: "^src/(index\\.ts$|doors/)" },
    },
    {
      name: "through-the-index",
      comment:
        "What a room has for others stands in its index.ts, or in that of a folder in it, where the whole would load too much.",
      severity: "error",
      from: { path: "^src/([^/]+)/" },
      to: { path: "^src/[^/]+/", pathNot: ["^src/$1/", "/index\\.ts$", ...alone] },
    },
    {
      name: "through-the-index",
      comment: "So for the doors.",
      severity: "error",
      from: { path: "^src/index\\.ts$" },
      to: { path: "^src/[^/]+/", pathNot: ["^src/doors/", "/index\\.ts$"] },
    },
    {
      name: "no-circles",
      comment:
        "Modules that import each other cannot be read one after the other, nor loaded where they are more than types.",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/tensor/" },
      to: { circular: true },
    },
    {
      name: "no-circles",
      comment: "A tensor prints itself, by files which have to know what a tensor is: types alone.",
      severity: "error",
      from: { path: "^src/tensor/" },
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "lessons-use-the-package",
      comment: 'A lesson imports what its readers can import: "convbook".',
      severity: "error",
      from: { path: "^lessons/" },
      to: { path: "^src/" },
    },
    {
      name: "lessons-stand-alone",
      comment: "What several lessons need belongs to lessons/shared/, which knows none of them.",
      severity: "error",
      from: { path: "^lessons/([^/]+)/" },
      to: { path: "^lessons/", pathNot: ["^lessons/$1/", "^lessons/shared/"] },
    },
  ],
  options: {
    doNotFollow: { path: ["node_modules", "^dist/"] },
    tsPreCompilationDeps: true, // imports of types count too
  },
};
