// Covers in columns against the same measures worked out from lists, one period at a time.

import assert from "node:assert/strict";
import fc from "fast-check";
import { debtServiceCover, loanLifeCover, projectLifeCover } from "#/model/finance/debt_cover.ts";
import { planWithFlows } from "./arbitrary.ts";
import { evaluatePlan, type Evaluation } from "./evaluate.ts";

const near = (found: number, wanted: number) =>
  Math.abs(found - wanted) <= 1e-9 * Math.max(1, Math.abs(wanted));

/** Cash, service, interest accrued and debt at the end, by period. */
function byPeriod(
  { columns, months, lenders }: Evaluation,
  periodMonths: number,
  debts: readonly DebtColumns[],
) {
  const counted = debts.slice(0, lenders.filter(({ kind }) => kind !== "absCarveOut").length);
  return Array.from({ length: Math.ceil(months / periodMonths) }, (_, k) => {
    const from = k * periodMonths, until = Math.min(months, from + periodMonths);
    const sum = (column: Float64Array) => column.slice(from, until).reduce((all, fen) => all + fen, 0);
    return {
      until,
      from,
      cash: sum(columns.cashForService),
      service: sum(columns.service),
      interest: counted.reduce((all, { interest }) => all + sum(interest), 0),
      owed: counted.reduce((all, { balance }) => all + balance[until - 1], 0),
    };
  });
}
type DebtColumns = Evaluation["debts"][number];

Deno.test("DSCR, LLCR and PLCR of random plans are those of the plain definitions", () => {
  let compared = 0;
  fc.assert(
    fc.property(planWithFlows, ({ plan, flows }) => {
      const found = evaluatePlan(plan, flows), { periods, covers } = found;
      const all = byPeriod(found, plan.periodMonths, found.debts);
      const opens = found.openingMonth === null ? 0 : found.openingMonth - 1;
      const isOpen = ({ from }: { from: number }) => from >= opens;
      const plain = debtServiceCover(
        all.filter(isOpen).map(({ cash }) => cash),
        all.filter(isOpen).map(({ service }) => Math.max(0, service)),
      );
      if (plain.kind === "none") return assert.equal(covers, null);
      assert.ok(near(covers!.minimumDscr, plain.minimum) && near(covers!.averageDscr, plain.average));
      const last = all.findLastIndex(({ owed }, k) => owed > 0 || k > 0 && all[k - 1].owed > 0);
      for (const [k, { owed }] of all.entries()) {
        if (owed === 0 || Number.isNaN(periods.llcr[k])) continue;
        const rates = all.map((one, j) => {
          const opening = j > 0 ? all[j - 1].owed : 0;
          return opening > 0
            ? one.interest / opening
            : plan.sizing.rateBps * (one.until - one.from) / 120_000;
        });
        const cash = all.map((one) => one.cash);
        const loan = loanLifeCover(cash.slice(k + 1, last + 1), {
          debt: owed,
          rates: rates.slice(k + 1, last + 1),
        });
        const project = projectLifeCover(cash.slice(k + 1), { debt: owed, rates: rates.slice(k + 1) });
        assert.ok(
          loan.kind === "one" && near(periods.llcr[k], loan.ratio),
          `${periods.llcr[k]} ${JSON.stringify(loan)}`,
        );
        assert.ok(project.kind === "one" && near(periods.plcr[k], project.ratio));
        compared++;
      }
    }),
    { seed: 20_190_701, numRuns: 200 },
  );
  assert.ok(compared > 200, `${compared}`);
});

Deno.test("the rate of each owner and lender makes its own flows worth nothing", () => {
  let seen = 0;
  fc.assert(
    fc.property(planWithFlows, ({ plan, flows }) => {
      for (const { flows: own, irr } of evaluatePlan(plan, flows).owners) {
        if (irr.kind !== "one" && irr.kind !== "several") continue;
        for (const rate of irr.kind === "one" ? [irr.rate] : irr.rates) {
          let worth = 0, size = 0;
          for (const [m, fen] of own.entries()) {
            const now = fen * (1 + rate) ** (-(m + 1) / 12);
            worth += now;
            size += Math.abs(now);
          }
          assert.ok(Math.abs(worth) <= 1e-7 * size, `${worth} of ${size} at ${rate}`);
          seen++;
        }
      }
    }),
    { seed: 20_190_701, numRuns: 200 },
  );
  assert.ok(seen > 20, `${seen}`);
});
