import assert from "node:assert/strict";
import fc from "fast-check";
import { approvalAtBadRate, badRateAtApproval, cutOffAtApproval } from "./acceptance.ts";
import { auc, aucDifference, aucInterval, aucOfParts, gini } from "./auc.ts";
import { brier, calibrationBands } from "./calibration.ts";
import { fairness, groupByCuts, measuresByGroup } from "./groups.ts";
import { kolmogorovSmirnov, rocCurve } from "./separation.ts";
import { stabilityBand, stabilityIndex, stabilityOverTime } from "./stability.ts";

const close = (own: number, expected: number, within = 1e-12) =>
  assert.ok(Math.abs(own - expected) <= within, `${own}, expected ${expected}`);

/** Small samples with many ties, at least two of each class. */
const sample = fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.nat(1)), { minLength: 4, maxLength: 60 })
  .map((pairs) => ({
    risks: [...pairs.map(([risk]) => risk), 3, 5, 4, 2],
    isBad: [...pairs.map(([, bad]) => bad), 0, 1, 0, 1],
  }));

/** The area by its definition: all pairs of good and bad, a tie half. */
function pairwise({ risks, isBad }: { risks: number[]; isBad: number[] }): number {
  let wins = 0, pairs = 0;
  for (let i = 0; i < risks.length; i++) {
    for (let j = 0; j < risks.length; j++) {
      if (isBad[i] !== 1 || isBad[j] !== 0) continue;
      pairs++;
      wins += risks[i] > risks[j] ? 1 : risks[i] === risks[j] ? 0.5 : 0;
    }
  }
  return wins / pairs;
}

Deno.test("auc() counts all pairs of good and bad, ties half", () => {
  fc.assert(
    fc.property(sample, (one) => {
      close(auc(one.risks, one.isBad), pairwise(one));
      close(aucInterval(one.risks, one.isBad).auc, pairwise(one));
      close(gini(one.risks, one.isBad), 2 * pairwise(one) - 1);
    }),
    { seed: 441, numRuns: 300 },
  );
});

Deno.test("auc() does not change when risks are transformed by anything that only rises; turned around it is the complement", () => {
  fc.assert(
    fc.property(sample, ({ risks, isBad }) => {
      const area = auc(risks, isBad);
      assert.equal(auc(risks.map((risk) => Math.exp(risk) - 40), isBad), area);
      assert.equal(auc(risks.map((risk) => 1 / (1 + Math.exp(3 - risk))), isBad), area);
      close(auc(risks.map((risk) => -risk), isBad), 1 - area);
      close(auc(risks, isBad.map((bad) => 1 - bad)), 1 - area);
      assert.equal(
        kolmogorovSmirnov(risks.map((risk) => risk * 7 - 2), isBad).ks,
        kolmogorovSmirnov(risks, isBad).ks,
      );
    }),
    { seed: 442, numRuns: 200 },
  );
});

/** DeLong's standard error straight from the placements of each row among the other class. */
function byPlacements({ risks, isBad }: { risks: number[]; isBad: number[] }): number {
  const goods = risks.filter((_, i) => isBad[i] === 0), bads = risks.filter((_, i) => isBad[i] === 1);
  const win = (bad: number, good: number) => bad > good ? 1 : bad === good ? 0.5 : 0;
  const mean = (list: number[]) => list.reduce((sum, value) => sum + value, 0) / list.length;
  const spread = (list: number[]) =>
    list.reduce((sum, value) => sum + (value - mean(list)) ** 2, 0) / (list.length - 1);
  const ofBads = bads.map((bad) => mean(goods.map((good) => win(bad, good))));
  const ofGoods = goods.map((good) => mean(bads.map((bad) => win(bad, good))));
  return Math.sqrt(spread(ofBads) / bads.length + spread(ofGoods) / goods.length);
}

Deno.test("DeLong's standard error is that of the placements, whatever the ties", () => {
  fc.assert(
    fc.property(
      sample,
      (one) => close(aucInterval(one.risks, one.isBad).standardError, byPlacements(one), 1e-10),
    ),
    { seed: 443, numRuns: 200 },
  );
});

Deno.test("DeLong's interval agrees with one worked out by hand", () => {
  // Placements of bads 2/3, 1, 1; of goods 1, 1, 2/3; both variances 1/27, so the error is sqrt(2/81).
  const { auc: area, standardError, low } = aucInterval([1, 2, 3, 4, 5, 6], [0, 0, 1, 0, 1, 1]);
  close(area, 8 / 9);
  close(standardError, Math.sqrt(2 / 81));
  close(low, 8 / 9 - 1.959963984540054 * Math.sqrt(2 / 81), 1e-9);
});

Deno.test("a paired difference is the difference of areas, turns sign with the scores, and is narrower than unpaired for alike scores", () => {
  fc.assert(
    fc.property(
      sample,
      fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 64, maxLength: 64 }),
      ({ risks, isBad }, nudges) => {
        const other = risks.map((risk, i) => 10 * risk + nudges[i]);
        const one = aucDifference(other, risks, isBad), turned = aucDifference(risks, other, isBad);
        close(one.difference, auc(other, isBad) - auc(risks, isBad));
        close(turned.difference, -one.difference);
        close(turned.low, -one.high);
        assert.ok(one.pValue >= 0 && one.pValue <= 1);
      },
    ),
    { seed: 444, numRuns: 150 },
  );
  const isBad = Array.from({ length: 200 }, (_, i) => i % 3 === 0 ? 1 : 0);
  const risks = isBad.map((bad, i) => bad + (i * 37 % 50) / 20),
    near = risks.map((risk, i) => risk + (i % 5) / 50);
  const unpaired = Math.hypot(
    aucInterval(risks, isBad).standardError,
    aucInterval(near, isBad).standardError,
  );
  assert.ok(aucDifference(risks, near, isBad).standardError < unpaired / 3);
  assert.deepEqual([
    aucDifference(risks, risks, isBad).pValue,
    aucDifference(risks, risks, isBad).standardError,
  ], [1, 0]);
});

Deno.test("parts that were scored apart are compared within themselves only", () => {
  const a = aucInterval([1, 2, 3, 4], [0, 1, 0, 1]), b = aucInterval([11, 12, 13, 14], [0, 1, 0, 1]);
  const both = aucOfParts([a, b]);
  assert.equal(both.auc, 0.75);
  close(both.standardError, a.standardError / Math.SQRT2);
  assert.equal(aucOfParts([a]).low, a.low);
  assert.throws(() => aucOfParts([]), /^RangeError: Cannot take an AUC of no parts/);
});

Deno.test("KS is the largest gap of the ROC curve, whose area is the AUC", () => {
  fc.assert(
    fc.property(sample, ({ risks, isBad }) => {
      const curve = rocCurve(risks, isBad);
      const gaps = curve.map(({ falsePositive, truePositive }) => Math.abs(truePositive - falsePositive));
      close(kolmogorovSmirnov(risks, isBad).ks, Math.max(...gaps));
      const area = curve.slice(1).reduce(
        (sum, point, i) =>
          sum +
          (point.falsePositive - curve[i].falsePositive) * (point.truePositive + curve[i].truePositive) / 2,
        0,
      );
      close(area, auc(risks, isBad), 1e-10);
    }),
    { seed: 445, numRuns: 200 },
  );
  const thin = rocCurve(
    Array.from({ length: 500 }, (_, i) => i),
    Array.from({ length: 500 }, (_, i) => i % 2),
    { most: 20 },
  );
  assert.ok(thin.length <= 22);
  assert.deepEqual([thin[0], thin.at(-1)], [{ falsePositive: 0, truePositive: 0 }, {
    falsePositive: 1,
    truePositive: 1,
  }]);
});

Deno.test("Brier is least at the share of bads among constant probabilities", () => {
  const isBad = [1, 0, 0, 0, 1, 0, 0, 0];
  const at = (pd: number) => brier(isBad.map(() => pd), isBad);
  close(at(0.25), 0.25 * 0.75);
  assert.ok(at(0.2) > at(0.25) && at(0.3) > at(0.25));
  assert.equal(brier(isBad, isBad), 0);
});

Deno.test("calibration bands hold every row once, in rising order, with ties unparted", () => {
  fc.assert(
    fc.property(sample, fc.integer({ min: 1, max: 12 }), ({ risks, isBad }, bands) => {
      const made = calibrationBands(risks.map((risk) => risk / 10), isBad, { bands });
      assert.ok(made.length <= bands);
      assert.equal(made.reduce((sum, { rows }) => sum + rows, 0), risks.length);
      assert.equal(made.reduce((sum, { bads }) => sum + bads, 0), isBad.reduce((sum, bad) => sum + bad, 0));
      made.forEach((band, i) => {
        assert.ok(i === 0 || band.expected > made[i - 1].expected);
        assert.ok(band.low <= band.observed && band.observed <= band.high);
      });
    }),
    { seed: 446, numRuns: 200 },
  );
});

Deno.test("stabilityIndex() gives a printed total, is zero for equal shares, symmetric and never negative", () => {
  // Three income bands of a published example; the sum worked out from its inputs.
  close(stabilityIndex([0.4, 0.3, 0.3], [0.35, 0.25, 0.4]), 0.04456085471610198);
  const counts = fc.array(fc.nat(50), { minLength: 2, maxLength: 10 });
  fc.assert(
    fc.property(counts, counts, fc.integer({ min: 1, max: 9 }), (before, after, by) => {
      const bands = Math.min(before.length, after.length);
      const a = [...before.slice(0, bands), 1], b = [...after.slice(0, bands), 2];
      assert.ok(stabilityIndex(a, b) >= 0);
      close(stabilityIndex(a, b), stabilityIndex(b, a), 1e-9);
      close(stabilityIndex(a, a.map((count) => by * count)), 0);
      assert.ok(Number.isFinite(stabilityIndex(a, b)));
    }),
    { seed: 447, numRuns: 200 },
  );
});

Deno.test("stabilityOverTime() holds each period against the first, whatever the order of rows", () => {
  const scores = Array.from({ length: 900 }, (_, i) => i % 100 + (i >= 600 ? 40 : 0));
  const periods = scores.map((_, i) => Math.floor(i / 300));
  const found = stabilityOverTime(scores, periods);
  assert.deepEqual(found.map(({ period, rows, band }) => [period, rows, band]), [
    [0, 300, "stable"],
    [1, 300, "stable"],
    [2, 300, "major shift"],
  ]);
  assert.equal(found[1].index, 0);
  assert.deepEqual(stabilityOverTime([...scores].reverse(), [...periods].reverse()), found);
  assert.deepEqual([0, 0.0999, 0.1, 0.25].map(stabilityBand), [
    "stable",
    "stable",
    "minor shift",
    "major shift",
  ]);
});

Deno.test("approval at a bad rate is the largest set below it, and both trade-offs move the right way", () => {
  fc.assert(
    fc.property(sample, fc.double({ min: 0.01, max: 0.99, noNaN: true }), ({ risks, isBad }, share) => {
      const found = approvalAtBadRate(risks, isBad, { mostBadRate: share });
      assert.ok(found.badRate === null ? found.approved === 0 : found.badRate <= share);
      for (const cutOff of new Set(risks)) {
        const taken = isBad.filter((_, i) => risks[i] <= cutOff),
          bads = taken.reduce((sum, bad) => sum + bad, 0);
        if (bads <= share * taken.length) assert.ok(found.approved >= taken.length);
      }
      const more = approvalAtBadRate(risks, isBad, { mostBadRate: Math.min(1, share + 0.1) });
      assert.ok(more.approved >= found.approved);
      const badRate = badRateAtApproval(risks, isBad, { approvalRate: share });
      assert.ok(badRate >= 0 && badRate <= 1);
    }),
    { seed: 448, numRuns: 200 },
  );
  assert.deepEqual(approvalAtBadRate([1, 2], [1, 1], { mostBadRate: 0 }), {
    cutOff: null,
    approved: 0,
    approvalRate: 0,
    badRate: null,
  });
});

Deno.test("a score that says nothing has the bad rate of all at any approval", () => {
  const isBad = [1, 0, 0, 1, 0];
  for (const approvalRate of [0.2, 0.5, 1]) {
    close(badRateAtApproval([7, 7, 7, 7, 7], isBad, { approvalRate }), 0.4);
  }
  assert.equal(cutOffAtApproval([4, 1, 3, 2], { approvalRate: 0.5 }), 2);
  assert.equal(cutOffAtApproval([4, 1, 3, 2], { approvalRate: 1 }), 4);
});

Deno.test("measures by group are those of the group alone, and null where a class is missing", () => {
  const pds = [0.1, 0.9, 0.2, 0.4, 0.3, 0.3], isBad = [0, 1, 0, 1, 0, 0];
  const groups = { labels: ["a", "b", "nobody"], codes: [0, 0, 0, 0, 1, 1] };
  const [a, b, ...more] = measuresByGroup(pds, isBad, groups);
  assert.deepEqual(more, []);
  assert.equal(a.auc, auc(pds.slice(0, 4), isBad.slice(0, 4)));
  assert.equal(a.ks, 1);
  assert.deepEqual([b.auc, b.ks, b.gini, b.interval, b.rows], [null, null, null, null, 2]);
  close(b.brier, 0.09);
  close(b.expected, 0.3);
});

Deno.test("the fairness table counts approvals and bads by group, and a group of nobody approved has no bad rate", () => {
  const groups = { labels: ["old", "young"], codes: [0, 0, 0, 0, 0, 1, 1, 1, 1, 1, -1] };
  const risks = [1, 1, 1, 1, 9, 1, 9, 9, 9, 9, 1], isBad = [0, 0, 0, 1, 1, 0, 0, 0, 1, 1, 1];
  const [old, young] = fairness(risks, isBad, groups, { cutOff: 5 });
  assert.deepEqual([old.approvalRate, old.badRate, old.badRateOfApproved, old.goodsRefused], [
    0.8,
    0.4,
    0.25,
    0,
  ]);
  assert.deepEqual([young.approvalRate, young.ratioToBest, young.isBelowFourFifths], [0.2, 0.25, true]);
  close(young.goodsRefused!, 2 / 3);
  const nobody = fairness(risks, isBad, groups, { cutOff: 0 });
  assert.deepEqual(nobody.map(({ badRateOfApproved, ratioToBest }) => [badRateOfApproved, ratioToBest]), [[
    null,
    1,
  ], [null, 1]]);
});

Deno.test("a group of a few people is neither the best nor flagged", () => {
  const codes = Array.from({ length: 400 }, (_, i) => i < 3 ? 0 : i < 6 ? 1 : i % 2 + 2);
  const risks = codes.map((code, i) => code === 0 ? 0 : code === 1 ? 9 : i % 4 === 0 ? 9 : 1);
  const table = fairness(risks, risks.map(() => 0), { labels: ["all", "none", "c", "d"], codes }, {
    cutOff: 5,
  });
  assert.deepEqual(table.map(({ isSmall }) => isSmall), [true, true, false, false]);
  assert.deepEqual(table.map(({ isBelowFourFifths }) => isBelowFourFifths), [false, false, true, false]);
  assert.equal(Math.max(...table.filter(({ isSmall }) => !isSmall).map(({ ratioToBest }) => ratioToBest)), 1);
});

Deno.test("groupByCuts() says its bands and leaves out what is no number", () => {
  const { labels, codes } = groupByCuts([24, 25, 34, 35, 90, NaN], [25, 35]);
  assert.deepEqual(labels, ["under 25", "25 to 34", "35 and over"]);
  assert.deepEqual(Array.from(codes), [0, 1, 1, 2, 2, -1]);
});

Deno.test("every measure refuses one class, values that are no numbers and unequal lengths, with the place", () => {
  const measures = {
    auc,
    aucInterval,
    kolmogorovSmirnov,
    rocCurve,
    aucDifference: (risks: number[], isBad: number[]) => aucDifference(risks, risks, isBad),
  };
  for (const measure of Object.values(measures)) {
    assert.throws(
      () => measure([1, 2, 3], [0, 0, 0]),
      /^RangeError: Cannot take .* of 3 goods and 0 bads: at least/,
    );
    assert.throws(
      () => measure([1, NaN, 3], [0, 1, 0]),
      /the risk in row 1 is NaN; allowed are finite numbers/,
    );
    assert.throws(() => measure([1, 2, 3], [0, 1]), /of 3 risks and 2 outcomes: allowed are as many of each/);
    assert.throws(() => measure([1, 2, 3], [0, 1, 2]), /the outcome in row 2 is 2; allowed are 0 and 1/);
  }
  assert.throws(
    () => aucInterval([1, 2, 3], [0, 1, 0]),
    /of 2 goods and 1 bads: at least 2 of each class are needed/,
  );
  assert.throws(() => brier([1.2], [1]), /the probability in row 0 is 1\.2; allowed is 0 to 1/);
  assert.throws(() => brier([], []), /of no rows/);
  assert.throws(
    () => calibrationBands([0.2], [1], { bands: 0 }),
    /in 0 bands: allowed is a whole number from 1/,
  );
  assert.throws(() => stabilityIndex([1], [1, 2]), /1 bands with 2/);
  assert.throws(() => stabilityIndex([1, NaN], [1, 2]), /the expected count of band 1 is NaN/);
  assert.throws(() => stabilityIndex([1, 2], [0, 0]), /nobody is in the observed ones/);
  assert.throws(() => stabilityOverTime([1], [1, 2]), /1 scores over 2 periods/);
  assert.throws(() => approvalAtBadRate([1], [1], { mostBadRate: 2 }), /a bad rate of 2: allowed is 0 to 1/);
  assert.throws(() => badRateAtApproval([1], [1], { approvalRate: 0 }), /when 0 of 1 rows are approved/);
  assert.throws(
    () => measuresByGroup([0.1], [0], { labels: ["a"], codes: [3] }),
    /row 0: found the code 3; allowed are 0 to 0/,
  );
  assert.throws(() => fairness([1], [0], { labels: ["a"], codes: [] }, { cutOff: 1 }), /1 rows by 0 codes/);
});
