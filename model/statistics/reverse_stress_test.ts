import assert from "node:assert/strict";
import fc from "fast-check";
import {
  badLoanBreakPoint,
  factorBreakPoint,
  likeliestBreach,
  mahalanobisDistance,
  maximumLoss,
  worstExponentialMean,
  worstNormalMean,
  worstSampleMean,
} from "./reverse_stress.ts";

const close = (own: number, expected: number, tolerance = 1e-12) =>
  assert.ok(
    Math.abs(own - expected) <= tolerance * Math.max(1, Math.abs(expected)),
    `${own} is not ${expected}`,
  );
const law = { mean: [0.1, 0, -0.1], covariance: [[1, 0.3, -0.2], [0.3, 0.5, 0.1], [-0.2, 0.1, 2]] };
const weights = [2, -1, 0.5];

Deno.test("the likeliest breach of a linear condition is where the closed form puts it", () => {
  const { point, distance, probability } = likeliestBreach({ law, weights, threshold: 6 });
  close(distance, 3.220319012994605);
  close(probability, 0.0006402400880507475);
  close(point[0], 2.9363636363636365);
  close(mahalanobisDistance(point, law), distance);
});

Deno.test("no point beyond the threshold is nearer than the likeliest breach", () => {
  const { distance } = likeliestBreach({ law, weights, threshold: 6 });
  const shock = fc.double({ min: -8, max: 8, noNaN: true });
  fc.assert(
    fc.property(fc.tuple(shock, shock, shock), (point) => {
      const loss = point.reduce((sum, x, i) => sum + x * weights[i], 0);
      if (loss >= 6) assert.ok(mahalanobisDistance(point, law) >= distance - 1e-9);
      assert.ok(loss <= maximumLoss({ law, weights, radius: mahalanobisDistance(point, law) }).loss + 1e-9);
    }),
    { seed: 9, numRuns: 500 },
  );
});

Deno.test("the greatest loss at the distance of the likeliest breach is the threshold", () => {
  const { point, distance } = likeliestBreach({ law, weights, threshold: 6 });
  const worst = maximumLoss({ law, weights, radius: distance });
  close(worst.loss, 6);
  worst.point.forEach((x, i) => close(x, point[i]));
});

Deno.test("worst means have the closed forms of the normal and the exponential law", () => {
  close(worstNormalMean({ mean: 0, sd: 1, divergence: 1 }), Math.SQRT2);
  const exponential = worstExponentialMean({ divergence: 0.3068528194400547 });
  close(exponential.tilt, 0.5, 1e-10);
  close(exponential.mean, 2, 1e-10);
});

Deno.test("the worst mean of a sample grows with the entropy allowed, from its mean to its greatest loss", () => {
  const losses = [1, 2, 4, 9];
  close(worstSampleMean(losses, 0).mean, 4);
  assert.equal(worstSampleMean(losses, 2).mean, 9);
  const { mean, weights } = worstSampleMean(losses, 0.2);
  assert.ok(mean > 4 && mean < 9);
  close(weights.reduce((sum, w) => sum + w * Math.log(w * 4), 0), 0.2, 1e-9);
});

Deno.test("break points turn the ratio and the pool's loss exactly over", () => {
  const bank = {
    capital: 157.6,
    riskWeightedAssets: 1000,
    nonPerforming: 15.1,
    provisionShare: 1,
    leastRatio: 0.105,
  };
  const x = badLoanBreakPoint(bank), lost = x * bank.nonPerforming;
  close(x, 3.892115875541085);
  close((bank.capital - lost) / (bank.riskWeightedAssets - lost), 0.105);
  close(factorBreakPoint({ pd: 0.02, correlation: 0.04, lossShare: 0.05 }).factor, -2.2106403779644332);
});

Deno.test("what is no law, no direction and no divergence is refused", () => {
  const broken = { mean: [0, 0], covariance: [[1, 2], [2, 1]] };
  assert.throws(() => mahalanobisDistance([1, 1], broken), /not positive definite/);
  assert.throws(() => mahalanobisDistance([1], law), /3/);
  assert.throws(() => likeliestBreach({ law, weights: [0, 0, 0], threshold: 1 }), /all 0/);
  assert.throws(() => worstNormalMean({ mean: 0, sd: 1, divergence: -1 }), /-1/);
  assert.throws(() => factorBreakPoint({ pd: 0, correlation: 0.1, lossShare: 0.1 }), /pd 0/);
});
