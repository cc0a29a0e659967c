import assert from "node:assert/strict";
import fc from "fast-check";
import { philox } from "#/model/statistics/philox.ts";
import { likeliestBreach } from "#/model/statistics/reverse_stress.ts";
import { type Breaks, reverseStress } from "./reverse.ts";
import { type Dimension, spaceOf } from "./reverse_space.ts";
import { testFrom } from "./reverse_trials.ts";

const test = { lowShare: 0.3, highShare: 0.7, alpha: 0.05, beta: 0.05 };
/** As the command searches. */
const options = { test, budget: 400, replicationsMost: 20, tolerance: 0.03, seed: [1, 2] as const };
const dimension = (
  name: string,
  low: number,
  high: number,
  base: number,
  more: Partial<Dimension> = {},
): Dimension => ({
  axis: { name, title: name, path: name, values: [], range: { low, high } },
  base,
  ...more,
});
/** A runner whose margin is known; one that says only whether it broke gives no hint where to look. */
const when = (margin: (values: readonly number[], replication: number) => number | boolean): Breaks =>
(
  points,
  { from, count },
) =>
  Promise.resolve(points.map((values) =>
    Array.from({ length: count }, (_, r) => {
      const found = margin(values, from + r);
      return typeof found === "number" ? found : found ? 1 : -1;
    })
  ));

Deno.test("in one dimension the bracket closes on the threshold, last pass below and first fail above, each by test", async () => {
  const space = spaceOf([dimension("x", 0, 100, 20)]);
  for (const blind of [false, true]) {
    const found = await reverseStress(when(([x]) => blind ? x > 63 : x - 63), space, options);
    const { firstFail, lastPass, ended, runs, monotone } = found;
    assert.equal(ended, "found");
    assert.ok(lastPass!.values[0] <= 63 && firstFail!.values[0] > 63 && firstFail!.values[0] < 65);
    assert.ok(Math.abs(firstFail!.distance - (firstFail!.values[0] - 20) / 100) < 1e-12);
    assert.deepEqual([firstFail!.trials, firstFail!.events, lastPass!.events], [4, 4, 0]);
    assert.deepEqual([firstFail!.by, lastPass!.by], ["test", "test"]);
    assert.deepEqual([monotone!.nearer!.verdict, monotone!.farther!.verdict], ["passes", "fails"]);
    assert.equal(monotone!.passesBeyond, null);
    assert.ok(runs <= 50, `${runs} runs`);
  }
});

Deno.test("whole steps end the bracket at neighbours", async () => {
  const one = dimension("x", 0, 100, 20);
  one.axis.range!.step = 1;
  const found = await reverseStress(when(([x]) => x > 63), spaceOf([one]), { ...options, tolerance: 1e-6 });
  assert.deepEqual([found.lastPass!.values, found.firstFail!.values], [[63], [64]]);
});

Deno.test("under a law the likeliest breach of a linear condition is that of the closed form", async () => {
  const correlations = [[1, 0.4, 0], [0.4, 1, -0.3], [0, -0.3, 1]], sd = [1, 2, 0.5], weights = [1, 1, 2];
  const law = {
    mean: [0, 0, 0],
    covariance: correlations.map((row, i) => row.map((entry, j) => entry * sd[i] * sd[j])),
  };
  const known = likeliestBreach({ law, weights, threshold: 6 });
  const space = spaceOf(
    sd.map((it, i) => dimension(`x${i}`, -10, 10, 0, { law: { middle: 0, sd: it } })),
    correlations,
  );
  const loss = (values: readonly number[]) => values.reduce((sum, x, i) => sum + x * weights[i], 0);
  for (const blind of [false, true]) {
    const found = await reverseStress(
      when((values) => blind ? loss(values) >= 6 : loss(values) - 6),
      space,
      options,
    );
    const { firstFail, lastPass } = found;
    assert.equal(found.ended, "found");
    assert.ok(loss(firstFail!.values) >= 6 && loss(lastPass!.values) < 6);
    assert.ok(firstFail!.distance >= known.distance - 1e-9);
    const near = known.distance * (blind ? 1.15 : 1.05);
    assert.ok(firstFail!.distance < near, `${firstFail!.distance} against ${known.distance}`);
  }
});

Deno.test("in five dimensions the bracket closes within the budget of the command, near the true breach", async () => {
  const five = Array.from(
    { length: 5 },
    (_, i) => dimension(`x${i}`, -5, 5, 0, { law: { middle: 0, sd: 1 } }),
  );
  const identity = five.map((_, i) => five.map((_, j) => i === j ? 1 : 0));
  for (
    const [name, loss] of Object.entries({
      linear: (x: readonly number[]) => (x[0] + x[1] + x[2] + x[3] + x[4]) / Math.sqrt(5) - 3,
      curved: (x: readonly number[]) => x[0] + 0.5 * Math.max(0, x[1]) * Math.max(0, x[2]) - 3,
      corner: (x: readonly number[]) => Math.min(...x) - 1,
    })
  ) {
    const breaks = when((x, r) => loss(x) + (((r * 7_919) % 101) / 101 - 0.5) * 0.2);
    const found = await reverseStress(breaks, spaceOf(five, identity), options);
    assert.equal(found.ended, "found", name);
    assert.ok(found.runs <= 400);
    const { firstFail, lastPass } = found, least = { linear: 3, curved: 2.7, corner: Math.sqrt(5) }[name]!;
    assert.ok(loss(firstFail!.values) > -0.1 && loss(lastPass!.values) < 0.1, name);
    assert.ok(
      firstFail!.distance > least * 0.9 && firstFail!.distance < least * 1.25,
      `${name} ${firstFail!.distance}`,
    );
  }
});

Deno.test("the smallest breach differs from the likeliest where one dimension is more volatile", async () => {
  const both = [
    dimension("a", 0, 10, 0, { law: { middle: 0, sd: 4 } }),
    dimension("b", 0, 10, 0, { law: { middle: 0, sd: 0.5 } }),
  ];
  const breaks = when(([a, b]) => a + 1.5 * b - 9);
  const small = await reverseStress(breaks, spaceOf(both), options);
  const likely = await reverseStress(breaks, spaceOf(both, [[1, 0], [0, 1]]), options);
  assert.ok(small.firstFail!.values[1] > 3);
  assert.ok(likely.firstFail!.values[1] < 1);
});

Deno.test("a condition that breaks by luck is told by the sequential test, with more replications near the border", async () => {
  const luck = (r: number) => ((r * 7_919) % 101) / 101;
  const breaks = when(([x], r) => luck(r) < (x - 40) / 40);
  const { firstFail, lastPass, tested, ended } = await reverseStress(
    breaks,
    spaceOf([dimension("x", 0, 100, 10)]),
    { ...options, replicationsMost: 40 },
  );
  assert.equal(ended, "found");
  assert.ok(firstFail!.values[0] > 55 && firstFail!.values[0] < 80, String(firstFail!.values));
  assert.ok(lastPass!.values[0] > 40 && lastPass!.values[0] < firstFail!.values[0]);
  assert.ok(Math.max(...tested.map(({ trials }) => trials)) > 4);
  assert.ok(firstFail!.events > 0.5 * firstFail!.trials);
});

Deno.test("what screening saw by luck of its own replications is not certified", async () => {
  // Replications of the screening break from 30 on, all others from 70 on.
  const breaks = when(([x], r) => x > (r < testFrom ? 30 : 70));
  const found = await reverseStress(breaks, spaceOf([dimension("x", 0, 100, 10)]), options);
  assert.equal(found.ended, "found");
  assert.ok(found.lastPass!.values[0] <= 70 && found.firstFail!.values[0] > 70);
  const never = when(([x], r) => r < testFrom && x > 30);
  const unseen = await reverseStress(never, spaceOf([dimension("x", 0, 100, 10)]), options);
  assert.deepEqual([unseen.ended, unseen.firstFail], ["not confirmed", null]);
});

Deno.test("both ends hold a second time on luck that chose nothing; one that does not gives way to the next", async () => {
  const space = spaceOf([dimension("x", 0, 100, 10)]), fresh = testFrom + options.replicationsMost;
  const seen = new Set<number>();
  const plain = await reverseStress(
    when(([x], r) => {
      seen.add(r);
      return x > 63;
    }),
    space,
    options,
  );
  assert.deepEqual([plain.firstFail!.again, plain.lastPass!.again], [{ trials: 4, events: 4 }, {
    trials: 4,
    events: 0,
  }]);
  assert.equal(plain.secondTests, 2);
  assert.ok(seen.has(fresh));
  // The luck that chose breaks from 62 on, all other from 64 on: what stands between is told by neither.
  const lucky = await reverseStress(when(([x], r) => x > (r < fresh ? 62 : 64)), space, {
    ...options,
    tolerance: 0.005,
  });
  assert.equal(lucky.ended, "found");
  assert.ok(lucky.firstFail!.values[0] > 64 && lucky.lastPass!.values[0] <= 62);
  assert.ok(
    lucky.between.some(({ values: [x], verdict, again }) => x > 62 && x <= 64 && verdict === "open" && again),
  );
  assert.ok(lucky.secondTests > 2);
  // Whole steps from 10 to 11: the last pass is the unshocked point itself.
  const steps = dimension("x", 0, 100, 10);
  steps.axis.range!.step = 1;
  const near = await reverseStress(when(([x]) => x > 10), spaceOf([steps]), options);
  assert.deepEqual([near.lastPass!.values, near.firstFail!.values, near.origin.again?.trials], [
    [10],
    [11],
    4,
  ]);
  assert.equal(near.lastPass, near.origin);
  // Where no end holds a second time, nothing is found.
  const once = await reverseStress(when(([x], r) => r < fresh && x > 63), space, options);
  assert.deepEqual([once.ended, once.firstFail], ["not confirmed", null]);
  // Where the runs end before, the bracket stands, and says that it was not told again.
  const { runs } = plain;
  const short = await reverseStress(when(([x]) => x > 63), space, { ...options, budget: runs - 1 });
  assert.equal(short.ended, "found");
  assert.equal(short.firstFail!.again && short.lastPass!.again, undefined);
  assert.deepEqual([plain.isNarrowed, lucky.isNarrowed, short.isNarrowed], [true, true, false]);
});

Deno.test("of a thousand searches near luck's border no more than a tenth have an end on the wrong side", async () => {
  // The share of broken runs rises from 0 to 1 over 40: 30 % are reached at 52, 70 % at 68.
  const space = spaceOf([dimension("x", 0, 100, 10)]), out = new Uint32Array(4);
  let wrong = 0, found = 0;
  for (let search = 0; search < 1_000; search++) {
    const breaks = when(([x], r) => {
      philox(r, Math.round(x * 1e6), search, 0, 1, 2, out);
      return out[0] / 2 ** 32 < (x - 40) / 40;
    });
    const { ended, firstFail, lastPass } = await reverseStress(breaks, space, options);
    if (ended !== "found" || !firstFail!.again || !lastPass!.again) continue;
    found++;
    if (firstFail!.values[0] <= 52 || lastPass!.values[0] >= 68) wrong++;
  }
  assert.ok(found > 800, `${found} found`);
  assert.ok(wrong <= found / 10, `${wrong} of ${found}`);
});

Deno.test("a nearer breach that the half-way test meets takes the place of the first, and farther passes are told", async () => {
  // From the end of the range the way leads to 99; half-way back it breaks too, from 40 to 60.
  const breaks = when(([x]) => x > 40 && (x < 60 || x > 99));
  const { ended, firstFail, lastPass, monotone } = await reverseStress(
    breaks,
    spaceOf([dimension("x", 0, 100, 20)]),
    options,
  );
  assert.equal(ended, "found");
  assert.ok(lastPass!.values[0] <= 40 && firstFail!.values[0] > 40 && firstFail!.values[0] < 43);
  const { passesBeyond } = monotone!;
  assert.ok(passesBeyond!.verdict === "passes" && passesBeyond!.values[0] >= 60);
  assert.ok(passesBeyond!.distance > firstFail!.distance);
  // A breach that heals before the end of the range is met half-way, or not at all; then no more is claimed than was looked at.
  const heals = (from: number, until: number) =>
    reverseStress(when(([x]) => x > from && x < until), spaceOf([dimension("x", 0, 100, 20)]), options);
  const met = await heals(50, 70);
  assert.equal(met.ended, "found");
  assert.ok(met.firstFail!.values[0] > 50 && met.firstFail!.values[0] < 52);
  assert.equal(met.monotone!.farther!.verdict, "passes");
  assert.ok(met.monotone!.passesBeyond!.values[0] >= 70);
  assert.equal((await heals(62, 70)).ended, "nothing breaks");
});

Deno.test("what screening saw hold beyond the first fail is settled by a test", async () => {
  // In the screening's luck it holds between 50 and 70, in all others it breaks from 40 on.
  const breaks = when(([x], r) => r < testFrom ? x > 70 || x > 40 && x < 50 : x > 40);
  const { ended, firstFail, monotone, tested } = await reverseStress(
    breaks,
    spaceOf([dimension("x", 0, 100, 20)]),
    options,
  );
  assert.equal(ended, "found");
  assert.ok(firstFail!.values[0] > 40 && firstFail!.values[0] < 45);
  assert.equal(monotone!.passesBeyond, null);
  assert.ok(tested.some(({ by, values }) => by === "test" && values[0] > 50 && values[0] <= 70));
});

Deno.test("a search says when nothing breaks, when all is broken already, and when its budget is spent", async () => {
  const space = spaceOf([dimension("x", 0, 100, 20), dimension("y", 0, 1, 0.5)]);
  const none = await reverseStress(when(() => false), space, options);
  assert.deepEqual([none.ended, none.firstFail, none.passing], ["nothing breaks", null, 16]);
  assert.equal(none.lastPass!.by, "test");
  const all = await reverseStress(when(() => true), space, options);
  assert.deepEqual([all.ended, all.runs], ["broken as it stands", 4]);
  const coin = await reverseStress(when((_, r) => r % 2 === 0), space, options);
  assert.deepEqual([coin.ended, coin.origin.trials], ["cannot be told as it stands", 20]);
  const short = await reverseStress(when(([x]) => x > 50), space, { ...options, budget: 20 });
  assert.ok(short.ended === "budget spent" && short.runs <= 20 && short.firstFail === null);
  await assert.rejects(
    reverseStress(when(() => false), space, { ...options, budget: 3 }),
    /a budget of 3 runs/,
  );
});

Deno.test("whatever the threshold, a found bracket holds: the pass is nearer, the fail beyond, the budget kept", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.double({ min: 0.05, max: 1.6, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.boolean(),
      async (threshold, share, blind) => {
        const space = spaceOf([dimension("a", 0, 1, 0), dimension("b", 0, 1, 0)]);
        const loss = ([a, b]: readonly number[]) => a * share + b * (1 - share) - threshold;
        const found = await reverseStress(when((v) => blind ? loss(v) > 0 : loss(v)), space, options);
        assert.ok(found.runs <= options.budget);
        if (threshold >= 1) return assert.equal(found.ended, "nothing breaks");
        assert.equal(found.ended, "found");
        assert.ok(loss(found.firstFail!.values) > 0 && loss(found.lastPass!.values) <= 0);
        assert.ok(found.lastPass!.distance < found.firstFail!.distance);
        const least = threshold / Math.hypot(share, 1 - share);
        assert.ok(found.firstFail!.distance >= least * 0.999);
      },
    ),
    { seed: 20_251, numRuns: 60 },
  );
});

Deno.test("places and numbers of a space turn into each other, and uphill is where a quantity rises", () => {
  const laws = [
    dimension("a", -9, 9, 0, { law: { middle: 1, sd: 2 } }),
    dimension("b", -9, 9, 0, { law: { middle: 0, sd: 1 } }),
  ];
  const space = spaceOf(laws, [[1, 0.6], [0.6, 1]]);
  const z = space.placeOf([3, -1]);
  assert.ok(space.valuesAt(z).every((value, i) => Math.abs(value - [3, -1][i]) < 1e-9));
  assert.deepEqual(space.stepsOf([3, -1]), [1, -1]);
  const up = space.uphill([1, 0]);
  assert.ok(Math.abs(up[0] - 1) < 1e-12 && Math.abs(up[1]) < 1e-12);
  assert.deepEqual(space.uphill([0, 0]), [0, 0]);
});

Deno.test("bases, middles and laws outside their range are refused", () => {
  assert.throws(() => spaceOf([dimension("x", 0, 10, 11)]), /x at 11: it lies outside its range, 0 to 10/);
  assert.throws(() => spaceOf([dimension("x", 0, 10, 5)], [[1]]), /it has no law/);
  assert.throws(
    () => spaceOf([dimension("x", 0, 10, 5, { law: { middle: 5, sd: 0 } })], [[1]]),
    /scale x by 0/,
  );
});
