import assert from "node:assert/strict";
import fc from "fast-check";
import { lossLaws, tailRisk } from "./tail_risk.ts";

const close = (own: number, expected: number) =>
  assert.ok(Math.abs(own - expected) <= 1e-12 * Math.max(1, Math.abs(expected)), `${own} is not ${expected}`);

Deno.test("expected shortfall counts only the tail's part of an atom that reaches across the level", () => {
  const losses = [...Array(90).fill(0), ...Array(6).fill(10), 50, 50, 50, 100];
  assert.deepEqual(tailRisk(losses, 0.95), { valueAtRisk: 10, valueAtRiskUpper: 10, expectedShortfall: 52 });
  assert.deepEqual(tailRisk(losses, 0.9), { valueAtRisk: 0, valueAtRiskUpper: 10, expectedShortfall: 31 });
  assert.deepEqual(tailRisk(losses, 0.99), {
    valueAtRisk: 50,
    valueAtRiskUpper: 100,
    expectedShortfall: 100,
  });
});

Deno.test("the tail beyond level 0 is the mean, and a higher level never has a smaller tail", () => {
  const losses = fc.array(fc.integer({ min: -1_000, max: 1_000 }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(losses, fc.double({ min: 0, max: 0.98, noNaN: true }), (sample, level) => {
      close(tailRisk(sample, 0).expectedShortfall, sample.reduce((a, b) => a + b, 0) / sample.length);
      const here = tailRisk(sample, level), further = tailRisk(sample, level + 0.01);
      assert.ok(here.valueAtRisk <= here.valueAtRiskUpper);
      assert.ok(here.expectedShortfall >= here.valueAtRisk - 1e-9);
      assert.ok(further.expectedShortfall >= here.expectedShortfall - 1e-9);
    }),
    { seed: 8, numRuns: 300 },
  );
});

Deno.test("laws in closed form have the textbook's figures", () => {
  const normal = lossLaws.normal();
  close(normal.quantile(0.99), 2.3263478740408408);
  close(normal.shortfall(0.99), 2.665214220345805);
  const student = lossLaws.student({ degreesOfFreedom: 10 }).shortfall(0.95);
  assert.ok(Math.abs(student - 2.4084010418) < 1e-10);
  close(lossLaws.lognormal().shortfall(0.975), 11.114799755715755);
  close(lossLaws.pareto({ index: 3 }).shortfall(0.999), 14.999999999999995);
  assert.equal(lossLaws.pareto({ index: 1 }).shortfall(0.9), Infinity);
  assert.equal(lossLaws.student({ degreesOfFreedom: 1 }).shortfall(0.9), Infinity);
});

Deno.test("each law's shortfall is the mean of its quantiles beyond the level", () => {
  const laws = [
    lossLaws.normal({ mean: 3, sd: 2 }),
    lossLaws.student({ degreesOfFreedom: 6 }),
    lossLaws.exponential({ rate: 2 }),
    lossLaws.uniform({ low: -1, high: 4 }),
    lossLaws.lognormal({ mu: 0.3, sigma: 0.5 }),
    lossLaws.pareto({ least: 2, index: 5 }),
    lossLaws.laplace({ mean: 1, scale: 0.7 }),
  ];
  for (const law of laws) {
    for (const level of [0.2, 0.7]) {
      const parts = 4_000, step = (1 - level) / parts;
      let sum = 0;
      for (let k = 0; k < parts; k++) sum += law.quantile(level + (k + 0.5) * step);
      assert.ok(Math.abs(sum / parts - law.shortfall(level)) < 4e-3);
    }
  }
});

Deno.test("a level of 1, no losses and parameters that are no law's are refused", () => {
  assert.throws(() => tailRisk([1], 1), /level 1/);
  assert.throws(() => tailRisk([], 0.5), /no losses/);
  assert.throws(() => tailRisk([NaN], 0.5), /finite/);
  assert.throws(() => lossLaws.normal({ sd: 0 }), /sd 0/);
  assert.throws(() => lossLaws.normal().quantile(-0.1), /level -0.1/);
});
