import assert from "node:assert/strict";
import { checkTerms, costFen, exampleTerms, quorumOf } from "./terms.ts";

Deno.test("quorumOf() is more than half for every number of replicas, and never more than there are", () => {
  for (let replicas = 1; replicas <= 30; replicas++) {
    assert.equal(quorumOf({ replicas, quorumAboveBps: 5_000 }), Math.floor(replicas / 2) + 1);
    for (const quorumAboveBps of [5_000, 5_001, 6_667, 8_000, 9_999]) {
      const quorum = quorumOf({ replicas, quorumAboveBps });
      assert.ok(2 * quorum > replicas && quorum <= replicas);
      assert.ok(
        quorum * 10_000 > replicas * quorumAboveBps && (quorum - 1) * 10_000 <= replicas * quorumAboveBps,
      );
    }
  }
});

Deno.test("checkTerms() names the term, its value and what is allowed", () => {
  checkTerms(exampleTerms);
  checkTerms({ ...exampleTerms, blockIntervalMinutes: 1, latencySeconds: 15 });
  const cases = [
    [{ replicas: 0 }, /replicas 0: .*>=1/],
    [{ replicas: 31 }, /replicas 31: .*<=30/],
    [{ quorumAboveBps: 4_999 }, /quorumAboveBps 4999: .*>=5000/],
    [{ blockIntervalMinutes: 2.5 }, /blockIntervalMinutes 2\.5/],
    [{ latencySeconds: NaN }, /latencySeconds/],
    [{ entriesPerBlock: undefined }, /entriesPerBlock/],
    [{ costPerBlockFen: "30" }, /costPerBlockFen "30"/],
    [{ blockIntervalMinutes: 2, latencySeconds: 31 }, /each 2 minutes .*124 seconds.* at least 3$/],
  ] as const;
  for (const [change, message] of cases) {
    assert.throws(() => checkTerms({ ...exampleTerms, ...change } as typeof exampleTerms), {
      name: "RangeError",
      message,
    });
  }
});

Deno.test("costFen() is whole fen, grows with blocks, entries and replicas, and refuses counts that are none", () => {
  assert.equal(costFen(exampleTerms, { blocks: 0, entries: 0 }), 0);
  assert.equal(costFen(exampleTerms, { blocks: 1, entries: 0 }), 210);
  // 7 × 100 fen for a thousand entries: 0.7 fen for one, 0 for none, 3.5 for five.
  assert.deepEqual([1, 2, 5].map((entries) => costFen(exampleTerms, { blocks: 0, entries })), [1, 1, 4]);
  assert.equal(costFen({ ...exampleTerms, replicas: 14 }, { blocks: 1, entries: 1_000 }), 420 + 1_400);
  const range = (message: RegExp) => ({ name: "RangeError", message });
  assert.throws(() => costFen(exampleTerms, { blocks: -1, entries: 0 }), range(/-1 blocks/));
  assert.throws(() => costFen(exampleTerms, { blocks: 0, entries: 0.5 }), range(/0\.5 entries/));
});
