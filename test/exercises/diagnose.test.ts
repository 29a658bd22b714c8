import assert from "node:assert/strict";
import {
  type Answer,
  layers,
  network,
  type PoolCache,
  poolBackward,
  pool2d,
  type Tensor,
  zeroPad,
  zeros,
} from "convbook";
import { exerciseById, exercisesOf, inProcess, runExercise } from "convbook/authoring";
import { lessonNames } from "#dist/project/index.js";

const diagnosisOf = async (id: string, answer: Answer): Promise<string | undefined> =>
  (await runExercise(exerciseById("test", id), inProcess(answer))).diagnosis;

/** Answers whose diagnosis named a mistake that they had not made. */
describe("a diagnosis is never false", () => {
  type Layer = {
    filters: number;
    f: number;
    stride: number;
    pad: number;
    groups: number;
    bias: boolean;
  };

  it("of an answer that returns nothing just that is said, and no other mistake", async () => {
    for (const id of ["02.reflectIndex", "02.samePadding", "02.coverage"])
      assert.match(
        (await diagnosisOf(id, () => undefined)) ?? "",
        /^Your function returns nothing/,
      );
  });

  it("an answer of a million values is held against no known mistake for long", async () => {
    const keys = Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [`k${i}`, 0]));
    const values = { keys, list: Array.from({ length: 400_000 }, () => 0), tensor: zeros([4e6]) };
    for (const [kind, value] of Object.entries(values)) {
      const begin = process.cpuUsage();
      await diagnosisOf("05.globalAverage", () => value);
      const { user, system } = process.cpuUsage(begin);
      assert.ok(user + system < 20e6, `${kind}: ${(user + system) / 1e6} s`); // some 2 s; once it was 280
    }
  });

  it("12.layerCost without the groups: the diagnosis names the groups, not FLOPs", async () => {
    const diagnosis = await diagnosisOf("12.layerCost", ([h, w, c]: number[], conv: Layer) => {
      const size = (n: number) => Math.floor((n + 2 * conv.pad - conv.f) / conv.stride) + 1;
      const weights = conv.f ** 2 * c * conv.filters;
      return [weights + (conv.bias ? conv.filters : 0), size(h) * size(w) * weights];
    });
    assert.match(diagnosis ?? "", /group/);
  });

  it("03.outputSize with // for a division: the diagnosis does not name TensorFlow's SAME", async () => {
    const diagnosis = await diagnosisOf("03.outputSize", (n: number, f: number, _: number, p: number) => n + 2 * p - f); // prettier-ignore
    assert.doesNotMatch(diagnosis ?? "", /SAME/);
  });

  it("02.samePadding with half a zero on each side is named or left alone", async () => {
    const diagnosis = await diagnosisOf("02.samePadding", (n: number, f: number, s: number) => {
      const total = Math.max((Math.ceil(n / s) - 1) * s + f - n, 0);
      return [total / 2, total / 2];
    });
    assert.doesNotMatch(diagnosis ?? "", /\(f - 1\)|whatever the stride/);
  });

  it("06.poolBackward with the modes swapped: the diagnosis says so", async () => {
    const diagnosis = await diagnosisOf(
      "06.poolBackward",
      (da: Tensor, cache: PoolCache, mode: "max" | "average") =>
        poolBackward(da, cache, mode === "max" ? "average" : "max"),
    );
    assert.match(diagnosis ?? "", /The modes are swapped/);
  });

  it("15.bottleneckMacs with reduce + filters more gets no diagnosis", async () => {
    const diagnosis = await diagnosisOf(
      "15.bottleneckMacs",
      ([h, w, c]: number[], f: number, filters: number, reduce: number) =>
        h * w * (c * reduce + f * f * reduce * filters) + reduce + filters,
    );
    assert.equal(diagnosis, undefined);
  });

  it("an answer that throws on one input gets a question about what the others show", async () => {
    const diagnosis = await diagnosisOf("02.reflectIndex", (i: number, n: number) => {
      if (i > 9) throw new RangeError("far out");
      return Math.min(Math.max(i, 0), n - 1);
    });
    assert.match(diagnosis ?? "", /^Could it be this\? .*edge padding/);
  });

  it("a mistake of two kinds at once gets no diagnosis", async () => {
    const diagnosis = await diagnosisOf(
      "05.poolForward",
      (x: Tensor, { f, stride }: { f: number; stride: number }, mode: "max" | "average") =>
        pool2d(x, { mode: mode === "max" ? "average" : "max", size: f, stride }).map(
          (value) => value + 0.25,
        ),
    );
    assert.equal(diagnosis, undefined);
  });

  it("08.intensity rounded to two decimals: the diagnosis says so", async () => {
    const { solution } = exerciseById("test", "08.intensity");
    const diagnosis = await diagnosisOf("08.intensity", (...layer: never[]) =>
      Number((solution(...layer) as number).toFixed(2)),
    );
    assert.equal(diagnosis, "Your result is rounded to 2 decimals; it should not be.");
  });

  it("a network that cannot be built is known whatever its name is", async () => {
    const gate = (channels: number, r: number) =>
      layers.sequential(
        layers.globalAveragePool({ keepDims: true }),
        layers.conv({ filters: channels / r, kernelSize: 1 }),
        layers.relu(),
        layers.conv({ filters: channels, kernelSize: 1 }),
        layers.sigmoid(),
      );
    const diagnosis = await diagnosisOf("20.seModule", (input: number[], r: number) =>
      network("squeeze and excitation", input, (x) => layers.add(x, gate(input[2], r)(x))),
    );
    assert.match(diagnosis ?? "", /^You add the gates to the maps/);
  });

  it("a layer that cannot be built for another reason gets no diagnosis", async () => {
    const diagnosis = await diagnosisOf("20.seModule", (input: number[]) =>
      network("squeeze and excitation", input, (x) =>
        layers.add(x, layers.conv({ filters: input[2] + 1, kernelSize: 1 })(x)),
      ),
    );
    assert.equal(diagnosis, undefined);
  });

  it("what is seen in any result is said where no sentence of the exercise fits", async () => {
    const diagnosis = await diagnosisOf("02.zeroPad", (x: Tensor, pad: number) => zeroPad(x, pad).map((v) => -v)); // prettier-ignore
    assert.equal(diagnosis, "Every value has the wrong sign.");
  });
});

describe("an answer that gives the same nothing for all inputs", function () {
  this.timeout(600_000);
  const all = lessonNames().flatMap((name) => exercisesOf(name.slice(0, 2)));

  it("hears that nothing came, in every exercise", async () => {
    for (const exercise of all) {
      const { diagnosis, earned } = await runExercise(
        exercise,
        inProcess(() => undefined),
      );
      assert.deepEqual([exercise.id, earned], [exercise.id, 0]);
      assert.match(diagnosis ?? "", /returns nothing/, exercise.id);
    }
  });

  for (const [what, value] of [
    ["null", null],
    ["an empty object", {}],
    ["a text", "nonsense"],
  ] as const)
    it(`${what}: hears nothing that is not so, in any exercise`, async () => {
      for (const exercise of all) {
        const { diagnosis } = await runExercise(exercise, inProcess((() => value) as Answer));
        assert.equal(diagnosis, undefined, `${exercise.id}: ${diagnosis}`);
      }
    });
});

describe("counts are exact", () => {
  for (const [by, says] of [
    [1, /expected 156, got 157/],
    [-3, /expected 156, got 153/],
    [0.0001, /expected 156, got 156\.0001/],
  ] as const)
    it(`04.parameterCounts off by ${by}`, async () => {
      const { solution } = exerciseById("test", "04.parameterCounts");
      const off = (...input: never[]) =>
        (solution(...input) as number[]).map((count) => count + by);
      const result = await runExercise(exerciseById("test", "04.parameterCounts"), inProcess(off));
      assert.equal(result.earned, 0);
      assert.match(result.tests[0].message!, says);
    });

  it("a BigInt is distinguished from a number", async () => {
    const result = await runExercise(
      exerciseById("test", "04.parameterCounts"),
      inProcess(() => [156n, 4821600n]),
    );
    assert.match(result.tests[0].message!, /expected 156, got 156n, a BigInt/);
  });
});
