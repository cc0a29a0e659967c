import assert from "node:assert/strict";
import fc from "fast-check";
import { type CountedBin, weightsOfEvidence } from "./woe.ts";

const close = (own: number, expected: number, within = 1e-12) =>
  assert.ok(Math.abs(own - expected) <= within, `${own}, expected ${expected}`);

// "mean radius" of the breast cancer sample, as optbinning's tutorial prints it.
const radius: [number, number, number, number][] = [
  [3, 115, -3.12517, 0.962483],
  [3, 76, -2.710972, 0.538763],
  [7, 61, -1.643814, 0.226599],
  [10, 39, -0.839827, 0.052131],
  [28, 55, -0.153979, 0.003385],
  [44, 10, 2.002754, 0.359566],
  [117, 1, 5.283323, 2.900997],
];
const counted = radius.map(([goods, bads]) => ({ goods, bads }));

Deno.test("weightsOfEvidence() gives the published weights and values of a printed table", () => {
  const { bins, iv, jensenShannon } = weightsOfEvidence(counted);
  radius.forEach(([, , woe, value], i) => {
    close(bins[i].woe, woe, 1e-6);
    close(bins[i].iv, value, 1e-6);
  });
  close(iv, 5.04392547, 1e-6);
  close(jensenShannon, 0.39378376, 1e-6);
});

Deno.test("weightsOfEvidence() has the opposite sign and the same value in the other convention, and says which it took", () => {
  const ours = weightsOfEvidence(counted), theirs = weightsOfEvidence(counted, { convention: "badOverGood" });
  assert.deepEqual([ours.convention, theirs.convention], ["goodOverBad", "badOverGood"]);
  ours.bins.forEach((bin, i) => assert.equal(theirs.bins[i].woe, -bin.woe));
  assert.equal(ours.iv, theirs.iv);
  assert.ok(ours.bins[6].woe > 0 && ours.bins[6].goods > 100 * ours.bins[6].bads);
});

Deno.test("an empty class is treated by the rule that is named", () => {
  const bins = [{ goods: 10, bads: 0 }, { goods: 30, bads: 20 }];
  const of = (emptyClass: "half" | "nineTenths" | "zero") => weightsOfEvidence(bins, { emptyClass });
  close(of("half").bins[0].woe, Math.log((10.5 / 40) / (0.5 / 20)));
  close(of("nineTenths").bins[0].woe, Math.log((10 / 40) / (0.9 / 20.9)));
  assert.deepEqual([of("zero").bins[0].woe, of("zero").bins[0].iv], [0, 0]);
  for (const rule of ["half", "nineTenths", "zero"] as const) {
    assert.equal(of(rule).emptyClass, rule);
    assert.ok(of(rule).bins.every(({ woe, iv }) => Number.isFinite(woe) && Number.isFinite(iv)));
    const { bins: [empty] } = weightsOfEvidence([{ goods: 0, bads: 0 }, ...bins], { emptyClass: rule });
    assert.deepEqual([empty.woe, empty.iv], [0, 0]);
  }
});

const someBins: fc.Arbitrary<CountedBin[]> = fc.array(
  fc.record({ goods: fc.integer({ min: 1, max: 500 }), bads: fc.integer({ min: 1, max: 500 }) }),
  { minLength: 2, maxLength: 8 },
);

Deno.test("weights do not change when all goods or all bads are multiplied, nor with the order of bins", () => {
  fc.assert(
    fc.property(someBins, fc.integer({ min: 2, max: 9 }), (bins, by) => {
      const plain = weightsOfEvidence(bins);
      const more = weightsOfEvidence(bins.map(({ goods, bads }) => ({ goods: by * goods, bads })));
      const turned = weightsOfEvidence([...bins].reverse());
      plain.bins.forEach(({ woe }, i) => {
        close(more.bins[i].woe, woe, 1e-10);
        close(turned.bins[bins.length - 1 - i].woe, woe, 1e-10);
      });
      close(more.iv, plain.iv, 1e-9);
    }),
    { seed: 411, numRuns: 300 },
  );
});

Deno.test("information value is never negative, zero for equal shares, and never rises when two bins are merged", () => {
  fc.assert(
    fc.property(someBins, (bins) => {
      const { iv } = weightsOfEvidence(bins);
      assert.ok(iv >= 0);
      const [a, b, ...rest] = bins;
      if (rest.length === 0) return;
      const merged = weightsOfEvidence([{ goods: a.goods + b.goods, bads: a.bads + b.bads }, ...rest]);
      assert.ok(merged.iv <= iv + 1e-9);
      close(weightsOfEvidence(bins.map(({ goods }) => ({ goods, bads: 2 * goods }))).iv, 0, 1e-12);
    }),
    { seed: 412, numRuns: 300 },
  );
});

Deno.test("weightsOfEvidence() refuses a negative count and a class that never occurs, with the numbers", () => {
  assert.throws(
    () => weightsOfEvidence([{ goods: -1, bads: 2 }]),
    /^RangeError: Cannot weigh bin 0: found -1 goods/,
  );
  assert.throws(() => weightsOfEvidence([{ goods: 1, bads: NaN }]), /bin 0: found NaN bads; allowed is/);
  assert.throws(
    () => weightsOfEvidence([{ goods: 4, bads: 0 }]),
    /found 4 goods and 0 bads; allowed are samples/,
  );
});
