import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdirSync, readFileSync, statSync, utimesSync, writeFileSync } from "node:fs";
import net from "node:net";
import path from "node:path";
import {
  jupyterVariables,
  openingLine,
  portOf,
  runJupyterLab,
} from "#dist/installation/jupyter.js";
import { kernelSpec, registerKernel, takeKernel } from "#dist/installation/kernel.js";
import { checkJupyter } from "#dist/installation/doctor/checks.js";
import { pythonVariables } from "#dist/project/pythonVariables.js";
import { projectRoot } from "#dist/project/paths.js";
import { temporaryFolder } from "./temporaryFolder";

describe("jupyterVariables", () => {
  it("pythonVariables(...) keeps nothing of another Python's, so that the doctor finds ours", async () => {
    const given = { PATH: "/bin", PYTHONHOME: "/opt/conda", PYTHONPATH: "/opt/lib" };
    assert.deepEqual(pythonVariables(given), { PATH: "/bin", PYTHONNOUSERSITE: "1" });
    const before = process.env.PYTHONHOME;
    const usual = await checkJupyter();
    process.env.PYTHONHOME = "/nowhere";
    try {
      assert.deepEqual(await checkJupyter(), usual);
    } finally {
      if (before === undefined) delete process.env.PYTHONHOME;
      else process.env.PYTHONHOME = before;
    }
  });

  const theirs = {
    PATH: "/usr/bin",
    HTTPS_PROXY: "http://proxy:8080",
    JUPYTER_CONFIG_DIR: "/home/somebody/.jupyter",
    JUPYTER_PATH: "/home/somebody/kernels",
    JUPYTERLAB_SETTINGS_DIR: "/home/somebody/settings",
    IPYTHONDIR: "/home/somebody/.ipython",
    PYTHONPATH: "/home/somebody/python",
    PYTHONHOME: "/opt/python",
  };

  it("jupyterVariables(variables) keeps what is not about Jupyter and Python", () => {
    const { PATH, HTTPS_PROXY } = jupyterVariables(theirs);
    assert.deepEqual({ PATH, HTTPS_PROXY }, { PATH: theirs.PATH, HTTPS_PROXY: theirs.HTTPS_PROXY });
  });

  it("jupyterVariables(variables) lets nothing of the user's own Jupyter and Python in", () => {
    const values = Object.values(jupyterVariables(theirs));
    assert.deepEqual(
      values.filter((value) => value?.startsWith("/home/somebody") || value === "/opt/python"),
      [],
    );
  });

  it("jupyterVariables() keeps every folder that Jupyter writes to inside the project", () => {
    const variables = jupyterVariables({});
    const written = ["CONFIG_DIR", "DATA_DIR", "RUNTIME_DIR"].map((name) => `JUPYTER_${name}`);
    for (const name of [
      ...written,
      "JUPYTERLAB_SETTINGS_DIR",
      "JUPYTERLAB_WORKSPACES_DIR",
      "IPYTHONDIR",
    ])
      assert.ok(
        variables[name]?.startsWith(path.join(projectRoot, ".convbook", "jupyter") + path.sep),
      );
  });
});

describe("openingLine", () => {
  const page = "lab/tree/work/00-start-here.ipynb?token=12ab";

  it("openingLine(address, args) is one line with the address that Jupyter gave", () => {
    const line = openingLine(`http://localhost:8888/${page}`, ["--no-browser"]);
    assert.equal(line, `Open http://localhost:8888/${page} (Ctrl+C here ends JupyterLab)`);
  });

  it("openingLine(address, --ip 0.0.0.0) names localhost, and what to type elsewhere", () => {
    for (const args of [["--ip", "0.0.0.0"], ["--ip=0.0.0.0"], ["--ServerApp.ip=0.0.0.0"]])
      assert.match(
        openingLine(`http://3f2a9c:8888/${page}`, args),
        /^Open http:\/\/localhost:8888\/lab\/tree\/work\/00-start-here\.ipynb\?token=12ab \(from another machine: 3f2a9c in place of localhost;/,
      );
  });

  it("openingLine(address, --ip of one network) keeps the address: localhost is not listened on", () => {
    const line = openingLine(`http://192.168.1.5:8888/${page}`, ["--ip", "192.168.1.5"]);
    assert.match(line, /^Open http:\/\/192\.168\.1\.5:8888\//);
  });
});

describe("portOf", () => {
  it("portOf(args) reads both of Jupyter's forms", () => {
    assert.equal(portOf(["--no-browser", "--port", "9999"]), 9999);
    assert.equal(portOf(["--port=9999", "--no-browser"]), 9999);
    assert.equal(portOf(["--ServerApp.port=9999"]), 9999);
  });

  it("portOf(args without a port) is undefined", () => {
    assert.equal(portOf([]), undefined);
    assert.equal(portOf(["--no-browser", "--IdentityProvider.token=port"]), undefined);
  });

  it("portOf(args with the port given twice) takes the last, as Jupyter does", () => {
    assert.equal(portOf(["--port=1111", "--port", "2222"]), 2222);
  });

  it("portOf(args with a port that is none) is refused", () => {
    for (const args of [["--port"], ["--port", "lab"], ["--port=70000"], ["--port=-1"]])
      assert.throws(() => portOf(args), { name: "Problem", message: /number below 65536/ });
  });
});

describe("runJupyterLab", () => {
  it("runJupyterLab(page, [--port in use]) says so and starts nothing", async () => {
    const other = net.createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as net.AddressInfo;
    await assert.rejects(runJupyterLab("work", ["--port", String(port)]), {
      name: "Problem",
      message: new RegExp(`^Port ${port} is in use by another program\\. Choose another`),
    });
    other.close();
  });
});

describe("registerKernel", () => {
  const inFolder = temporaryFolder();
  const spec = () => ({
    file: inFolder("kernels", "tslab", "kernel.json"),
    ownFiles: {
      convbook: inFolder("kernels", "convbook", "kernel.json"),
      tslab: inFolder("kernels", "tslab-stock", "kernel.json"),
    },
  });
  const argv = (file: string) =>
    (JSON.parse(readFileSync(file, "utf8")) as { argv: string[] }).argv;
  const stock = [
    process.execPath,
    "-r",
    path.join(projectRoot, "dist", "jupyter", "stock", "preload.js"),
    path.join(projectRoot, "node_modules", "tslab", "bin", "tslab"),
    "kernel",
    "--config-path",
    "{connection_file}",
  ];

  const own = [
    process.execPath,
    "--max-semi-space-size=2",
    path.join(projectRoot, "dist", "jupyter", "main.js"),
    "{connection_file}",
  ];

  it("registerKernel() gives tslab's name to the course's own kernel, and stock tslab another", () => {
    registerKernel(spec());
    assert.deepEqual(argv(spec().file).slice(0, 4), own);
    assert.deepEqual(argv(spec().ownFiles.tslab), stock);
    assert.deepEqual(argv(spec().ownFiles.convbook).slice(0, 4), own);
  });

  it("registerKernel({ kernel: tslab }) gives its name to stock tslab", () => {
    registerKernel({ ...spec(), kernel: "tslab" });
    assert.deepEqual(argv(spec().file), stock);
  });

  it("takeKernel(args) leaves Jupyter's options alone, and knows two kernels", () => {
    const rest = ["--port", "9999"];
    assert.deepEqual(takeKernel([...rest]), { kernel: "convbook", rest });
    const stock = { kernel: "tslab", rest };
    assert.deepEqual(takeKernel(["--kernel", "tslab", ...rest]), stock);
    assert.deepEqual(takeKernel([...rest, "--kernel=tslab"]), stock);
    assert.throws(() => takeKernel(["--kernel", "python3"]), /one of convbook, tslab/);
    assert.throws(() => takeKernel(["--kernel"]), /one of convbook, tslab/);
  });

  it("registerKernel() corrects a file that names a folder which the checkout has left", () => {
    mkdirSync(path.dirname(spec().file), { recursive: true });
    writeFileSync(spec().file, kernelSpec.text().replaceAll(projectRoot, "/where/it/was"));
    registerKernel(spec());
    assert.equal(readFileSync(spec().file, "utf8"), kernelSpec.text());
  });

  it("registerKernel() leaves a right file as it is", () => {
    registerKernel(spec());
    utimesSync(spec().file, 1000, 1000);
    registerKernel(spec());
    assert.equal(statSync(spec().file).mtimeMs, 1_000_000);
  });
});
