import assert from "node:assert/strict";
import { nodeProblem } from "../../scripts/setup/node.mjs";
import { findPython } from "../../scripts/setup/python.mjs";

describe("nodeProblem", () => {
  it("nodeProblem(version that will do) is undefined", () => {
    for (const version of ["20.9.0", "20.20.2", "22.1.0", "100.0.0"])
      assert.equal(nodeProblem(version, "20.9", "linux"), undefined);
  });

  it("nodeProblem(older version) names both versions and the way to a newer one", () => {
    for (const version of ["20.8.1", "18.19.0", "9.11.2"])
      assert.match(nodeProblem(version, "20.9", "linux"), new RegExp(`20\\.9.*${version}.*nvm`));
    assert.match(nodeProblem("18.19.0", "20.9", "darwin"), /brew install node/);
  });

  it("nodeProblem(any version, least, Windows) points to the Subsystem for Linux", () => {
    assert.match(nodeProblem("22.1.0", "20.9", "win32"), /wsl --install/);
  });
});

describe("findPython", () => {
  /** Answers as a machine would that has these commands. */
  const machine = (pythons) => (command) =>
    pythons[command] && {
      command,
      venv: true,
      executable: `/usr/bin/${command}`,
      ...pythons[command],
    };

  it("findPython() takes python3 where it will do", () => {
    const look = machine({
      python3: { version: [3, 10, 0] },
      "python3.12": { version: [3, 12, 1] },
    });
    assert.equal(findPython(look).command, "python3");
  });

  it("findPython() takes another where python3 is too old", () => {
    const look = machine({
      python3: { version: [3, 9, 6] },
      "python3.12": { version: [3, 12, 1] },
    });
    assert.equal(findPython(look).command, "python3.12");
  });

  it("findPython() takes another where python3 lacks venv", () => {
    const look = machine({
      python3: { version: [3, 11, 2], venv: false },
      "python3.10": { version: [3, 10, 9] },
    });
    assert.equal(findPython(look).command, "python3.10");
  });

  it("findPython() without any says how to get one", () => {
    assert.throws(() => findPython(machine({})), {
      name: "Problem",
      message:
        /Python 3\.10 or newer is needed, but none was found.*apt install python3 python3-venv.*brew install python/,
    });
  });

  it("findPython() with an old one only says how old", () => {
    const look = machine({ python3: { version: [3, 8, 10] }, python: { version: [2, 7, 18] } });
    assert.throws(() => findPython(look), /but python3 is 3\.8\.10, python is 2\.7\.18\./);
  });

  it("findPython() without the venv module, as Debian leaves it, names the package", () => {
    const look = machine({ python3: { version: [3, 11, 2], venv: false } });
    assert.throws(() => findPython(look), /sudo apt install python3\.11-venv/);
  });

  it("findPython() finds the one on this machine", () => {
    assert.ok(findPython().version[1] >= 10);
  });
});
