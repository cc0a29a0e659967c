import assert from "node:assert/strict";
import { lossQuantile } from "#/model/credit/portfolio/asrf.ts";
import { conditionalDefaultRate } from "#/model/credit/portfolio/asrf.ts";
import { fitPool, fittedCreditRiskPlus } from "#/model/credit/portfolio/fit.ts";
import { poolDraws } from "#/model/credit/portfolio/finite_pool.ts";
import { preciseNormalQuantile } from "#/model/statistics/distributions.ts";
import { lossYear, severityOf, tailFrom } from "./tail.ts";
import { runSmall, small } from "#/sim/testing/worlds.ts";

/** Years of a pool whose law is known. */
const draw = poolDraws(3, 9);
const pool = { pd: 0.03, correlation: 0.1, lgd: 0.6 };
const years = Array.from({ length: 3_000 }, (_, i) => ({
  loss: pool.lgd * conditionalDefaultRate(pool, preciseNormalQuantile(draw(i, 0))),
  lossGivenDefault: pool.lgd,
  borrowers: 1e9,
}));

Deno.test("of years drawn from a Vasicek pool the fit gives back its probability and correlation", () => {
  const { pd, correlation } = fitPool({ losses: years.map(({ loss }) => loss), lgd: 0.6, borrowers: 1e9 });
  assert.ok(Math.abs(pd - 0.03) < 0.001, `${pd}`);
  assert.ok(Math.abs(correlation - 0.1) < 0.01, `${correlation}`);
});

Deno.test("of such years the agents' quantiles lie on Vasicek's, and the formula's tail on its own", () => {
  const { rows } = tailFrom("ant", years.map((year) => ({ ...year, borrowers: 2_000 })));
  const { rows: fine } = tailFrom("ant", years.map((year) => ({ ...year, borrowers: 5_000 })));
  for (const { probability, agents, asrf } of rows.filter(({ probability }) => probability <= 0.99)) {
    assert.ok(Math.abs(agents - asrf) < 0.12 * asrf, `${probability}: ${agents} ${asrf}`);
    assert.ok(Math.abs(asrf - lossQuantile(pool, probability)) < 0.08 * asrf);
  }
  assert.ok(fine.every((row, i) => i === 0 || row.creditRiskPlus >= fine[i - 1].creditRiskPlus));
});

Deno.test("where years differ by no more than chance, no correlation is found, and the formulas' spread is the chance's", () => {
  const fitted = fitPool({ losses: [0.0199, 0.0201, 0.02, 0.0202, 0.0198], lgd: 0.5, borrowers: 100 });
  assert.equal(fitted.correlation, 0);
  assert.ok(fitted.chanceStd > fitted.lossStd);
  const { expectedLoss } = fittedCreditRiskPlus(fitted);
  assert.ok(Math.abs(expectedLoss - 0.02) < 1e-9);
});

Deno.test("what cannot be fitted is refused with the numbers", () => {
  assert.throws(() => fitPool({ losses: [0.1], lgd: 0.5, borrowers: 5 }), /to 1 years; 2 or more/);
  assert.throws(() => fitPool({ losses: [0, 0], lgd: 0.5, borrowers: 5 }), /mean loss 0/);
});

Deno.test("a year is read of a run: what was lost of the mean balance; hard times are drawn by year and not below nothing", () => {
  const { result } = runSmall(small("baseline", { days: 200 }));
  const even = lossYear(result, "ant", new Float64Array(50).fill(1 / 50));
  assert.ok(even.loss > 0 && even.loss < 0.2, `${even.loss}`);
  assert.ok(Math.abs(even.borrowers - 50) < 1e-9);
  const drawn = Array.from({ length: 400 }, (_, r) => severityOf(r, { baseBps: 10_000, spreadBps: 10_000 }));
  assert.ok(drawn.every((bps) => bps >= 0) && new Set(drawn).size > 300);
  assert.equal(severityOf(7, { baseBps: 10_000, spreadBps: 0 }), 10_000);
});
