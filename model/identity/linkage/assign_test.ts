import assert from "node:assert/strict";
import fc from "fast-check";
import { assign, expectFalse, type Ranking } from "./assign.ts";
import type { Weights } from "./weights.ts";

/** Ranks by falling weight from a list of pairs each, and odds that are powers of two. */
function given(
  ranks: [number, number][][],
  { upper = 0, lower = -100 } = {},
): { ranking: Ranking; weights: Weights } {
  const flat = ranks.flat(), starts = new Float64Array(ranks.length + 1);
  ranks.forEach((pairs, k) => starts[k + 1] = starts[k] + pairs.length);
  const weight = Float64Array.from(ranks, (_, k) => 10 - k);
  return {
    ranking: { i: Int32Array.from(flat, ([i]) => i), j: Int32Array.from(flat, ([, j]) => j), starts },
    weights: {
      weight,
      odds: weight.map((w) => 2 ** w),
      ranked: Uint16Array.from(ranks.keys()),
      upper,
      lower,
    },
  };
}

Deno.test("assign() links the weightiest pair first, and its rivals no more", () => {
  const { ranking, weights } = given([[[0, 1]], [[0, 0], [1, 1]], [[1, 0]]]);
  const { linkOf, backOf, rankOf } = assign(ranking, { weights, sizes: [2, 2] });
  assert.deepEqual([...linkOf], [1, 0]);
  assert.deepEqual([...backOf], [1, 0]);
  assert.deepEqual([...rankOf], [0, 2]);
});

Deno.test("assign() links neither of two that the evidence cannot tell apart, unless a person can", () => {
  const { ranking, weights } = given([[[0, 0], [0, 1], [1, 2]]]), sizes = [2, 3] as const;
  assert.deepEqual([...assign(ranking, { weights, sizes }).linkOf], [-1, 2]);
  const asked: string[] = [];
  const reviewer = {
    accuracyBps: 10_000,
    decides: (i: number, j: number) => asked.push(`${i}${j}`) > 0 && j === 1,
  };
  const { linkOf, byReview, reviewed } = assign(ranking, { weights, sizes, reviewer });
  assert.deepEqual([...linkOf], [1, 2]);
  assert.deepEqual([[...byReview], reviewed, asked], [[1, 0], 2, ["00", "01"]]);
  const credulous = assign(ranking, {
    weights,
    sizes,
    reviewer: { accuracyBps: 5_000, decides: () => true },
  });
  assert.deepEqual([...credulous.linkOf], [-1, 2], "two yeses are no link");
});

Deno.test("assign() shows a person the pairs below upper whose records are free, and no others", () => {
  const { ranking, weights } = given([[[0, 0]], [[0, 1], [1, 1]], [[1, 0], [2, 1], [2, 2]]], { upper: 10 });
  const asked: string[] = [];
  const reviewer = {
    accuracyBps: 10_000,
    decides: (i: number, j: number) => (asked.push(`${i}${j}`), i === 2 && j === 2),
  };
  const { linkOf } = assign(ranking, { weights, sizes: [3, 3], reviewer });
  assert.deepEqual(asked, ["11", "21", "22"]);
  assert.deepEqual([...linkOf], [0, -1, 2]);
});

const pair = fc.tuple(fc.nat(7), fc.nat(7));
const someRanks = fc.uniqueArray(pair, { selector: ([i, j]) => i * 8 + j, maxLength: 40 }).chain((pairs) =>
  fc.array(fc.nat(5), { minLength: pairs.length, maxLength: pairs.length }).map((at) =>
    [0, 1, 2, 3, 4, 5].map((rank) => pairs.filter((_, k) => at[k] === rank))
  )
);

Deno.test("assign() links one to one, candidates only, none below upper without a reviewer", () => {
  fc.assert(
    fc.property(
      someRanks,
      fc.integer({ min: 4, max: 11 }),
      fc.boolean(),
      fc.nat(),
      (ranks, upper, looks, salt) => {
        const { ranking, weights } = given(ranks, { upper });
        const reviewer = {
          accuracyBps: 5_000,
          decides: (i: number, j: number) => (i * 31 + j * 17 + salt) % 3 > 0,
        };
        const { linkOf, backOf, rankOf, byReview } = assign(ranking, {
          weights,
          sizes: [8, 8],
          reviewer: looks ? reviewer : undefined,
        });
        linkOf.forEach((j, i) => {
          if (j < 0) return;
          assert.equal(backOf[j], i);
          assert.ok(ranks[rankOf[i]].some(([a, b]) => a === i && b === j));
          if (byReview[i]) assert.ok(looks && reviewer.decides(i, j));
          else assert.ok(weights.weight[rankOf[i]] >= upper);
        });
        assert.equal(backOf.filter((i) => i >= 0).length, linkOf.filter((j) => j >= 0).length);
      },
    ),
    { seed: 441, numRuns: 1_000 },
  );
});

Deno.test("assign() does not depend on the order of pairs of the same weight", () => {
  fc.assert(
    fc.property(someRanks, (ranks) => {
      const links = (all: [number, number][][]) => {
        const { ranking, weights } = given(all);
        const reviewer = { accuracyBps: 9_000, decides: (i: number, j: number) => (i + j) % 2 === 0 };
        return assign(ranking, { weights, sizes: [8, 8], reviewer }).linkOf;
      };
      assert.deepEqual(links(ranks), links(ranks.map((pairs) => [...pairs].reverse())));
    }),
    { seed: 442 },
  );
});

Deno.test("expectFalse() weighs a link against none, against free rivals, and by who is free and who looked; by hand", () => {
  // A lone link of odds 2^10: one in 1025 is false.
  const lone = given([[[0, 0]]]), sizes = [2, 2] as const;
  const of = ({ ranking, weights }: typeof lone, reviewer?: Parameters<typeof assign>[1]["reviewer"]) =>
    expectFalse(ranking, assign(ranking, { weights, sizes, reviewer }), { weights, reviewer });
  assert.equal(of(lone), 1 / 1025);
  // A rival of odds 2^9, whose other record stays free: (1 + 512) / (1 + 512 + 1024).
  assert.equal(of(given([[[0, 0]], [[0, 1]]])), 513 / 1537);
  // The second link comes when half of either file is free: (1/4) / (1/4 + 512); its rival at 2^8 is explained.
  assert.equal(of(given([[[0, 0]], [[1, 1]], [[0, 1]]])), (1 / 1025 + 0.25 / 512.25) / 2);
  // Looked at by a person who is right nine times in ten: odds 1024 x 9.
  const reviewer = { accuracyBps: 9_000, decides: () => true };
  assert.ok(Math.abs(of(given([[[0, 0]]], { upper: 11 }), reviewer) - 1 / 9217) < 1e-15);
  assert.equal(of(given([[]])), 0);
});
