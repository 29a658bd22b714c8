import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { inProject } from "#dist/project/index.js";

const environment = inProject(".convbook", "jupyterhub");
export const hubPython = path.join(environment, "python", "bin", "python");

/** Whether `npm run setup:jupyterhub` has installed all that a hub needs. */
export function isInstalled(): boolean {
  return (
    fs.existsSync(path.join(environment, "python", "bin", "jupyterhub")) &&
    fs.existsSync(path.join(environment, "node_modules", ".package-lock.json"))
  );
}

/** A JupyterHub with the course's configuration, on ports of its own; anybody may come in. */
export class Hub {
  private log = "";

  private constructor(
    private readonly child: ChildProcess,
    readonly folder: string,
    private readonly address: string,
    readonly token: string,
  ) {
    const keep = (chunk: Buffer): void =>
      void (this.log = (this.log + String(chunk)).slice(-20_000));
    child.stdout!.on("data", keep);
    child.stderr!.on("data", keep);
  }

  /** @param folder an empty one, where the hub keeps its state and its users have their homes */
  static async start(folder: string): Promise<Hub> {
    const token = randomBytes(16).toString("hex");
    const [port, hubPort, proxyPort] = await freePorts(3);
    const quoted = JSON.stringify;
    const configuration = path.join(folder, "jupyterhub_config.py");
    fs.writeFileSync(
      configuration,
      `load_subconfig(${quoted(inProject("environment", "jupyterhub", "jupyterhub_config.py"))})
c.JupyterHub.bind_url = "http://127.0.0.1:${port}"
c.JupyterHub.hub_port = ${hubPort}
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:${proxyPort}"
c.JupyterHub.authenticator_class = "dummy"
c.Authenticator.allow_all = True
c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = ${quoted(path.join(folder, "home", "{username}"))}
c.JupyterHub.services = [{"name": "test", "api_token": "${token}"}]
c.JupyterHub.load_roles = [
    {"name": "test", "services": ["test"], "scopes": ["admin:users", "admin:servers", "access:servers"]}
]
${process.getuid?.() === 0 ? 'c.Spawner.args = ["--allow-root"]\n' : ""}`,
    );
    const child = spawn(hubPython, ["-m", "jupyterhub", "-f", configuration], {
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, CONVBOOK_PROGRESS: undefined, CONVBOOK_LEARNER: undefined },
    });
    const hub = new Hub(child, folder, `http://127.0.0.1:${port}`, token);
    try {
      await hub.until("the hub answers", async () => {
        const answer = await fetch(`http://127.0.0.1:${hubPort}/hub/api/`).catch(() => undefined);
        return answer?.ok ?? false;
      });
    } catch (error) {
      await hub.stop();
      throw error;
    }
    return hub;
  }

  /** Adds a user and starts their server; gives its address. */
  async startServer(user: string): Promise<string> {
    await this.ask("POST", `users/${user}`);
    await this.ask("POST", `users/${user}/server`);
    await this.until(`the server of ${user} is up`, async () => {
      const { servers } = (await this.ask("GET", `users/${user}`)) as {
        servers: Record<string, { ready: boolean; pending: string | null }>;
      };
      if (!servers[""]) throw new Error(`The server of ${user} did not start.\n${this.log}`);
      return servers[""].ready;
    });
    return `${this.address}/user/${user}/`;
  }

  home(user: string): string {
    return path.join(this.folder, "home", user);
  }

  /** Runs cells in a kernel of a user's server; what each has shown. */
  async run(
    server: string,
    notebook: string,
    cells: readonly string[],
  ): Promise<{ status: string; text: string }[]> {
    const child = spawn(hubPython, [inProject("test", "jupyterhub", "run_cells.py")], {
      stdio: ["pipe", "pipe", "pipe"],
    });
    const task = { server, token: this.token, path: notebook, cells, seconds: PATIENCE / 1000 };
    child.stdin.end(JSON.stringify(task));
    let [out, errors] = ["", ""];
    child.stdout.on("data", (chunk: Buffer) => (out += String(chunk)));
    child.stderr.on("data", (chunk: Buffer) => (errors += String(chunk)));
    const code = await new Promise((resolve) => child.on("close", resolve));
    if (code !== 0) throw new Error(`The cells did not run: ${errors}\n${this.log}`);
    return out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { status: string; text: string });
  }

  /** Ends the hub, its proxy, and the servers and kernels of its users. */
  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    const ended = new Promise((resolve) => this.child.once("close", resolve));
    this.child.kill("SIGTERM");
    await Promise.race([ended, sleep(30_000, undefined, { ref: false })]);
    this.child.kill("SIGKILL");
  }

  private async ask(method: string, what: string): Promise<unknown> {
    const headers = { Authorization: `token ${this.token}` };
    const answer = await fetch(`${this.address}/hub/api/${what}`, { method, headers });
    if (!answer.ok)
      throw new Error(`${method} ${what}: ${answer.status} ${await answer.text()}\n${this.log}`);
    const text = await answer.text();
    return text === "" ? undefined : JSON.parse(text);
  }

  /** Waits as long as the hub lives, within reason. */
  private async until(what: string, holds: () => Promise<boolean>): Promise<void> {
    const deadline = Date.now() + PATIENCE;
    while (!(await holds())) {
      if (this.child.exitCode !== null) throw new Error(`JupyterHub has ended.\n${this.log}`);
      if (Date.now() > deadline) throw new Error(`In vain waited until ${what}.\n${this.log}`);
      await sleep(200);
    }
  }
}

/** Milliseconds: longer than anything takes on a machine that does much else. */
const PATIENCE = 180_000;

/** Ports that nobody listened on a moment ago, each another one. */
async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise<net.Server>((resolve) => {
          const server = net.createServer();
          server.listen(0, "127.0.0.1", () => resolve(server));
        }),
    ),
  );
  const ports = servers.map((server) => (server.address() as net.AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
