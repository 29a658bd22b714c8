import assert from "node:assert/strict";
import {
  mkdtempSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findSubmissions, type FoundSubmission } from "#dist/grading/index.js";
import { changed, makeZip, renamed } from "./makeZip";

const MIB = 2 ** 20;
const BOMB = Buffer.alloc(65 * MIB);

/** What a zip attempts, and what is said of it: none may be read, leave a file, or keep others from being graded. */
const HOSTILE: [attempt: string, zip: () => Promise<Buffer>, says: RegExp][] = [
  [
    "to be written above the folder",
    async () => renamed(await makeZip(["aa/bb/x.ipynb"]), "aa/bb/x", "../../x"),
    /leads out of the zip/,
  ],
  [
    "to be written above the folder, further in",
    async () => renamed(await makeZip(["a/bb/x.ipynb"]), "a/bb/x", "a/../x"),
    /leads out of the zip/,
  ],
  [
    "to be written above the folder, in Windows' spelling",
    async () => renamed(await makeZip(["aa/bb/x.ipynb"]), "aa/bb/x", "..\\..\\x"),
    /leads out of the zip/,
  ],
  [
    "to be written to an absolute path",
    async () => renamed(await makeZip(["tmp/xx.ipynb"]), "tmp/xx.", "/tmp/x."),
    /leads out of the zip/,
  ],
  [
    "to be written to a drive",
    async () => renamed(await makeZip(["cc/x.ipynb"]), "cc/x.", "c:/x."),
    /leads out of the zip/,
  ],
  [
    "to be a link",
    () => makeZip([{ name: "x.ipynb", text: "/etc/passwd", mode: 0o120777 }]),
    /link to another file/,
  ],
  [
    "to grow a thousandfold",
    () => makeZip([{ name: "x.ipynb", text: BOMB }]),
    /The file has 65 MiB, and 64 is the most/,
  ],
  [
    "to grow, and says that it does not",
    async () => changed(await makeZip([{ name: "x.ipynb", text: BOMB }]), 24, [100, 0, 0, 0]),
    /cannot be read out of its zip/,
  ],
  [
    "to grow by many files",
    () =>
      makeZip(
        [1, 2, 3, 4, 5].map((i) => ({ name: `${i}.ipynb`, text: BOMB.subarray(0, 60 * MIB) })),
      ),
    /more than 256 MiB together/,
  ],
  [
    "to have very many entries",
    () => makeZip(Array.from({ length: 2001 }, (_, i) => `${i}.txt`)),
    /more than 2000 entries/,
  ],
  [
    "to have more entries than it says",
    async () => {
      const zip = await makeZip(["a.ipynb"]);
      zip.writeUInt16LE(65_000, zip.length - 22 + 10);
      return zip;
    },
    /more than 2000 entries/,
  ],
  ["to be encrypted", async () => changed(await makeZip(["x.ipynb"]), 8, [9]), /encrypted/],
  [
    "to be packed in an odd way",
    async () => changed(await makeZip(["x.ipynb"]), 10, [99]),
    /packed in a way/,
  ],
  [
    "to have two files of one name",
    async () => renamed(await makeZip(["a.ipynb", "b.ipynb"]), "b.ipynb", "a.ipynb"),
    /two files of this name/,
  ],
  [
    "to be cut off",
    async () => (await makeZip(["x.ipynb"])).subarray(0, 60),
    /This zip cannot be read/,
  ],
  [
    "to have a directory that is none",
    async () => changed(await makeZip(["x.ipynb"]), 0, [0, 0, 0, 0]),
    /This zip cannot be read/,
  ],
  [
    "to end within a name",
    async () => changed(await makeZip(["x.ipynb"]), 28, [255, 255]),
    /This zip cannot be read/,
  ],
  [
    "to hold bytes that are not packed",
    async () => {
      const zip = await makeZip([{ name: "x.ipynb", text: "a".repeat(1000) }]);
      return Buffer.from(zip.fill(0xff, 40, 48));
    },
    /cannot be read out of its zip/,
  ],
  ["to be nothing", async () => Buffer.alloc(0), /This zip cannot be read/],
  ["to be something else", async () => Buffer.from("Rar!"), /This zip cannot be read/],
];

describe("hostile zips", function () {
  this.timeout(60_000);
  let folder: string;
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "convbook-")));
    mkdirSync(join(folder, "class", "ben"), { recursive: true });
    writeFileSync(join(folder, "class", "ben", "05.ipynb"), "ben's");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const find = async (): Promise<FoundSubmission[]> =>
    (await findSubmissions([join(folder, "class")])).submissions;

  for (const [attempt, zip, says] of HOSTILE)
    it(`a student's that attempts ${attempt} is a line in the report`, async () => {
      writeFileSync(join(folder, "class", "ada.zip"), await zip());
      const begin = process.cpuUsage();
      const [ada, ben, ...others] = await find();
      assert.deepEqual(others, []);
      assert.equal(ada.student.id, "ada");
      await assert.rejects(ada.read(), { name: "UnreadableNotebook", message: says });
      assert.equal((await ben.read()).toString(), "ben's");
      const { user, system } = process.cpuUsage(begin);
      assert((user + system) / 1e6 < 10, `${(user + system) / 1e6} s of processor time`);
      assert.deepEqual(readdirSync(folder), ["class"]);
      assert.deepEqual(readdirSync(join(folder, "class")), ["ada.zip", "ben"]);
    });

  it("a member of Moodle's that leads into another's folder is the one's in whose it stands", async () => {
    const own = "Ben_13_assignsubmission_file/aa/Ada_12_assignsubmission_file/05.ipynb";
    const zip = await makeZip([own, "Ada_12_assignsubmission_file/05.ipynb"]);
    const out = own.replace("/aa/", "/../");
    writeFileSync(join(folder, "moodle.zip"), renamed(zip, own, out));
    const { submissions } = await findSubmissions([join(folder, "moodle.zip")]);
    assert.deepEqual(
      submissions.map(({ student }) => student.id),
      ["Ada_12", "Ben_13"],
    );
    await submissions[0].read();
    await assert.rejects(submissions[1].read(), /leads out of the zip/);
  });

  it("a link to a zip is not followed", async () => {
    writeFileSync(join(folder, "secret.zip"), await makeZip(["x.ipynb"]));
    symlinkSync("../secret.zip", join(folder, "class", "ada.zip"));
    const [ada] = await find();
    await assert.rejects(ada.read(), /links are not followed/);
    for (const pattern of ["class/*.zip"])
      await assert.rejects(findSubmissions([join(folder, pattern)]), /There is no notebook/);
  });

  it("names in another alphabet, with line breaks and commands, stay what they are", async () => {
    const names = ["Zoë/05 — Ω.ipynb", "a\nb/05.ipynb", "\u001b[31m/05.ipynb", "=1+2/05.ipynb"];
    writeFileSync(join(folder, "class.zip"), await makeZip(names));
    const { submissions } = await findSubmissions([join(folder, "class.zip")]);
    assert.deepEqual(submissions.map(({ file }) => file).sort(), [...names].sort());
  });
});
