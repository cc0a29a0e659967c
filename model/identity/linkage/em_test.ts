import assert from "node:assert/strict";
import fc from "fast-check";
import { log } from "#/model/units/elementary.ts";
import { type Fit, fitEm } from "./em.ts";

const near = (x: number, y: number, tolerance = 1e-12) =>
  assert.ok(Math.abs(x - y) <= tolerance, `${x} is not ${y}`);
const share = (agree: number) => [0, 1 - agree, agree];

// Two fields that are never missing: 20 pairs agree on both, 10 on the first alone, 10 on the second alone, 80 on neither.
// A pattern is 3 x level of the first + level of the second, 1 disagree, 2 agree.
const counts = Float64Array.of(0, 0, 0, 0, 80, 10, 0, 10, 20);
const start = { matchShare: 1 / 2, m: [share(3 / 4), share(3 / 4)], u: [share(1 / 4), share(1 / 4)] };

Deno.test("fitEm() makes the step that was worked by hand", () => {
  // From a share of 1/2, m = 3/4 and u = 1/4, the chances that a pair matches are
  //   both agree  (9/16) / (9/16 + 1/16) = 9/10;  one agrees  (3/16) / (3/16 + 3/16) = 1/2;  neither  1/10.
  // Matches among the pairs: 20 x 9/10 + 10 x 1/2 + 10 x 1/2 + 80 x 1/10 = 18 + 5 + 5 + 8 = 36 of 120.
  // m agree = (18 + 5) / 36, u agree = (2 + 5) / 84.
  const fit = fitEm({ levels: [3, 3], counts }, { start, iterationsMax: 1 });
  near(fit.matchShare, 36 / 120);
  for (const field of [0, 1]) {
    near(fit.m[field][2], 23 / 36);
    near(fit.u[field][2], 7 / 84);
  }
  // Before it: half of 9/16 and of 1/16 make 5/16 for both and for neither, 3/16 for one that agrees.
  near(fit.logLikelihoods[0], 100 * log(5 / 16) + 20 * log(3 / 16), 1e-10);
  // After it, both: 3/10 x (23/36)^2 + 7/10 x (1/12)^2 = 0.1273148..., and so on.
  const both = 0.3 * (23 / 36) ** 2 + 0.7 / 144;
  const one = 0.3 * 23 / 36 * 13 / 36 + 0.7 * 11 / 144, neither = 0.3 * (13 / 36) ** 2 + 0.7 * 121 / 144;
  near(fit.logLikelihoods[1], 20 * log(both) + 20 * log(one) + 80 * log(neither), 1e-10);
});

Deno.test("fitEm() makes the step with pairs left out that was worked by hand", () => {
  // Only pairs that agree on the first field are compared; 90 are left out; the others' chances stay at 1/4.
  // Left out are 1/4 of the matches and 3/4 of the others: of 90 pairs 90 x (1/8) / (1/8 + 3/8) = 22.5 match,
  // and of those 3/4 agree on the second field. Matches: 18 + 5 + 22.5 = 45.5 of 120.
  const chance = Float64Array.of(0, 0, 0, 0, 9 / 16, 3 / 16, 0, 3 / 16, 1 / 16);
  const fit = fitEm({
    levels: [3, 3],
    counts: Float64Array.of(0, 0, 0, 0, 0, 0, 0, 10, 20),
    compared: Uint8Array.of(0, 0, 0, 0, 0, 0, 1, 1, 1),
    leftOut: 90,
  }, { chance, start, iterationsMax: 1 });
  near(fit.matchShare, 45.5 / 120);
  near(fit.m[0][2], 23 / 45.5);
  near(fit.m[1][2], (18 + 22.5 * 3 / 4) / 45.5);
  // Before it: 1/2 of 9/16 + 1/16, of 3/16 + 3/16, and of 1/4 + 3/4.
  near(fit.logLikelihoods[0], 20 * log(5 / 16) + 10 * log(3 / 16) + 90 * log(1 / 2), 1e-10);
});

const levels = [3, 5, 3, 3], size = 135;
const someCounts = fc.array(fc.integer({ min: 0, max: 500 }), { minLength: size, maxLength: size })
  .map((all) => Float64Array.from(all));
const probability = fc.double({ min: 0.05, max: 0.95, noNaN: true });

Deno.test("fitEm() never lowers the likelihood: free, with chance held, with pairs left out, with agreement bound", () => {
  const marks = fc.array(fc.boolean(), { minLength: size, maxLength: size });
  fc.assert(
    fc.property(
      someCounts,
      marks,
      probability,
      fc.nat(100_000),
      fc.constantFrom(0, 0.5, 0.8),
      fc.constantFrom("free", "held", "blocked"),
      (all, marks, matchShare, leftOut, agreeAtLeast, mode) => {
        const compared = Uint8Array.from(marks, (mark) => mark || mode !== "blocked" ? 1 : 0);
        const counts = all.map((count, p) => count * compared[p]);
        counts[size - 1] = compared[size - 1] = 1;
        const chance = mode === "free" ? undefined : all.map((count) => count + 1);
        const total = chance?.reduce((sum, one) => sum + one, 0) ?? 1;
        const { logLikelihoods } = fitEm(
          { levels, counts, compared, leftOut: mode === "blocked" ? leftOut : 0 },
          {
            chance: chance?.map((one) => one / total),
            start: { matchShare },
            agreeAtLeast,
            iterationsMax: 60,
          },
        );
        for (let k = 1; k < logLikelihoods.length; k++) {
          const fall = logLikelihoods[k - 1] - logLikelihoods[k];
          assert.ok(fall <= 1e-12 * Math.abs(logLikelihoods[k]), `step ${k} falls by ${fall}`);
        }
      },
    ),
    { seed: 421, numRuns: 300 },
  );
});

/** A world of four fields with known probabilities. */
const worlds = fc.record({
  matchShare: fc.double({ min: 0.05, max: 0.4, noNaN: true }),
  m: fc.array(fc.double({ min: 0.75, max: 0.98, noNaN: true }), { minLength: 4, maxLength: 4 }),
  u: fc.array(fc.double({ min: 0.01, max: 0.15, noNaN: true }), { minLength: 4, maxLength: 4 }),
  gap: fc.double({ min: 0, max: 0.2, noNaN: true }),
});

function tables(agrees: readonly number[], gap: number): number[][] {
  return levels.map((size, f) =>
    Array.from({ length: size }, (_, l) => {
      if (l === 0) return gap;
      return (1 - gap) * (l === 1 ? 1 - agrees[f] : agrees[f] / (size - 2));
    })
  );
}

function patternsOf(shares: number[][]): Float64Array {
  return Float64Array.from({ length: size }, (_, p) => {
    let rest = p, product = 1;
    for (let f = levels.length - 1; f >= 0; f--) {
      product *= shares[f][rest % levels[f]];
      rest = Math.floor(rest / levels[f]);
    }
    return product;
  });
}

function assertRecovers(
  fit: Fit,
  world: { matchShare: number; m: number[][]; u?: number[][] },
  tolerance: number,
): void {
  near(fit.matchShare, world.matchShare, tolerance * world.matchShare);
  world.m.forEach((field, f) => field.forEach((one, l) => near(fit.m[f][l], one, tolerance)));
  world.u?.forEach((field, f) => field.forEach((one, l) => near(fit.u[f][l], one, tolerance)));
}

Deno.test("fitEm() recovers m, u and the share of matches from the counts they make", () => {
  fc.assert(
    fc.property(worlds, ({ matchShare, m, u, gap }) => {
      const world = { matchShare, m: tables(m, gap), u: tables(u, gap) };
      const ifMatch = patternsOf(world.m), ifNot = patternsOf(world.u);
      const counts = ifMatch.map((one, p) => 1e6 * (matchShare * one + (1 - matchShare) * ifNot[p]));
      assertRecovers(fitEm({ levels, counts }), world, 1e-4);
    }),
    { seed: 422 },
  );
});

Deno.test("fitEm() recovers m and the share of matches when most pairs are left out and u is held", () => {
  fc.assert(
    fc.property(worlds, ({ matchShare, m, u, gap }) => {
      const rare = matchShare / 1_000, world = { matchShare: rare, m: tables(m, gap) };
      const ifMatch = patternsOf(world.m), chance = patternsOf(tables(u, gap));
      // Compared are pairs that agree on the first or the last field.
      const compared = Uint8Array.from(chance, (_, p) => p % 3 === 2 || Math.floor(p / 45) === 2 ? 1 : 0);
      const counts = ifMatch.map((one, p) => compared[p] * 1e9 * (rare * one + (1 - rare) * chance[p]));
      const leftOut = 1e9 - counts.reduce((sum, count) => sum + count, 0);
      const fit = fitEm({ levels, counts, compared, leftOut }, {
        chance,
        tolerance: 1e-11,
        iterationsMax: 20_000,
      });
      assertRecovers(fit, world, 2e-3);
    }),
    { seed: 423, numRuns: 40 },
  );
});

Deno.test("fitEm() calls the class that agrees the matches, wherever it starts", () => {
  const swapped = { matchShare: 1 - start.matchShare, m: start.u, u: start.m };
  const one = fitEm({ levels: [3, 3], counts }, { start }),
    other = fitEm({ levels: [3, 3], counts }, { start: swapped });
  assert.ok(one.m[0][2] > one.u[0][2]);
  near(other.matchShare, one.matchShare, 1e-6);
  near(other.m[0][2], one.m[0][2], 1e-6);
});

Deno.test("fitEm() stays finite where all pairs agree, where none does, and where a field is always missing", () => {
  for (const pattern of [0, 4, 8, 6]) {
    const counts = new Float64Array(9);
    counts[pattern] = 50;
    const { matchShare, m, u, ifMatch, logLikelihoods } = fitEm({ levels: [3, 3], counts });
    const all = [matchShare, ...m.flatMap((one) => [...one]), ...u.flatMap((one) => [...one]), ...ifMatch];
    assert.ok(all.every((one) => one >= 0 && one <= 1));
    near(logLikelihoods.at(-1)!, 0, 1e-9);
  }
});

Deno.test("fitEm() finds next to no matches where the counts are those of chance", () => {
  const chance = Float64Array.of(0, 0, 0, 0, 9 / 16, 3 / 16, 0, 3 / 16, 1 / 16);
  const fit = fitEm({ levels: [3, 3], counts: chance.map((one) => 16_000 * one) }, {
    chance,
    agreeAtLeast: 0.9,
  });
  assert.ok(fit.matchShare < 1e-3, `${fit.matchShare}`);
});

Deno.test("fitEm() keeps agreement among the present at its least", () => {
  const fit = fitEm({ levels: [3, 3], counts: Float64Array.of(0, 0, 0, 0, 10, 0, 30, 30, 30) }, {
    agreeAtLeast: 0.7,
  });
  for (const [gap, disagree, agree] of fit.m) assert.ok(agree / (disagree + agree) > 0.7 - 1e-12 && gap < 1);
});

Deno.test("fitEm() refuses what is no count, no chance, no start, and no pairs at all", () => {
  const fit = (counts: number[], terms = {}, data = {}) =>
    fitEm({ levels: [3, 3], counts: Float64Array.from(counts), ...data }, terms);
  const good = [...counts];
  assert.throws(() => fit(good.slice(1)), {
    name: "RangeError",
    message: "Cannot fit 8 counts and 9 marks: levels 3 x 3 make 9",
  });
  assert.throws(() => fit([...good.slice(1), -1]), /Cannot fit a count of -1 at pattern 8/);
  assert.throws(() => fit([...good.slice(1), NaN]), /Cannot fit a count of NaN at pattern 8/);
  assert.throws(() => fit(good.map(() => 0)), /Cannot fit to 0 pairs, 0 of them left out/);
  assert.throws(() => fit(good, {}, { leftOut: -5 }), /-5 of them left out/);
  assert.throws(
    () => fit(good, {}, { compared: new Uint8Array(9) }),
    /80 pairs at pattern 4: blocking leaves/,
  );
  assert.throws(() => fit(good, { chance: new Float64Array(9) }), /9 chances that sum to 0/);
  assert.throws(() => fit(good, { start: { matchShare: 1 } }), /a share of matches of 1: above 0, below 1/);
  assert.throws(
    () => fit(good, { start: { m: [share(0.5), [0, 1, 1]] } }),
    /Cannot start field 1 at 0, 1, 1/,
  );
});
