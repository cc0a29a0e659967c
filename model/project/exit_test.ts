// The exit waterfall: parts sum, preferences hold, and nobody would rather have converted, or not.

import assert from "node:assert/strict";
import fc from "fast-check";
import { exitShares, type ShareClass } from "./exit.ts";

const classes = fc.array(
  fc.record({
    shares: fc.integer({ min: 1, max: 1_000 }),
    preferenceFen: fc.integer({ min: 0, max: 1_000_000 }),
    isParticipating: fc.boolean(),
  }),
  { minLength: 1, maxLength: 5 },
).map((list): ShareClass[] => [
  { name: "founders", shares: 500, preferenceFen: 0, isParticipating: false, rank: 0 },
  ...list.map((one, i) => ({ ...one, name: `class${i}`, rank: i + 1 })),
]);
const value = fc.integer({ min: 0, max: 5_000_000 });
const seeded = { seed: 20_190_701, numRuns: 500 };

Deno.test("the parts of an exit sum to its value and none is negative", () => {
  fc.assert(
    fc.property(value, classes, (fen, all) => {
      const found = exitShares(fen, all);
      assert.equal(found.reduce((sum, one) => sum + one.fen, 0), fen);
      for (const one of found) assert.ok(one.fen >= 0);
    }),
    seeded,
  );
});

Deno.test("no class would gain by changing its mind about converting, others' choices as they are", () => {
  fc.assert(
    fc.property(value, classes, (fen, all) => {
      const chosen = exitShares(fen, all), converted = chosen.map(({ isConverted }) => isConverted);
      for (const [i, one] of all.entries()) {
        if (one.preferenceFen === 0 || one.isParticipating) continue;
        const other = converted.with(i, !converted[i]);
        assert.ok(paid(fen, all, other)[i] <= chosen[i].fen + 2, `${one.name} ${converted[i]}`);
      }
    }),
    seeded,
  );
});

/** What classes get when it is said who converts. */
function paid(fen: number, all: readonly ShareClass[], converted: readonly boolean[]): number[] {
  let left = fen;
  const out = all.map(() => 0);
  for (const i of all.map((_, i) => i).sort((a, b) => all[b].rank - all[a].rank)) {
    if (converted[i]) continue;
    out[i] = Math.min(left, all[i].preferenceFen);
    left -= out[i];
  }
  const joins = all.map((one, i) => converted[i] || one.isParticipating || one.preferenceFen === 0);
  const shares = all.reduce((sum, one, i) => sum + (joins[i] ? one.shares : 0), 0);
  return out.map((own, i) => own + (joins[i] ? left * all[i].shares / shares : 0));
}

Deno.test("the latest round is paid first where there is not enough", () => {
  const round = (rank: number) => ({
    name: `round${rank}`,
    shares: 1,
    preferenceFen: 100,
    isParticipating: false,
    rank,
  });
  assert.deepEqual(exitShares(130, [round(1), round(2)]).map(({ fen }) => fen), [30, 100]);
});
