import assert from "node:assert/strict";
import type { Case } from "#/sim/experiments/evaluate.ts";
import { cellValues } from "#/sim/experiments/cell_values.ts";
import * as monthly from "#/sim/experiments/monthly_runner.ts";
import { presentFen, signers } from "#/sim/experiments/party_results.ts";
import type { MonthlyRuns } from "#/sim/experiments/project_flows.ts";
import { bookOf, small } from "#/sim/testing/worlds.ts";

/** Runs of a small world in this thread, and what was asked for. */
function smallRuns(scenario: string, { days = 62, replications = 1, under = [] as Case } = {}) {
  const asked: Case[] = [];
  const runs: MonthlyRuns = (cases) => {
    asked.push(...cases);
    return Promise.resolve(cases.map((own) =>
      Array.from({ length: replications }, (_, replication) => {
        const supposed = small(scenario, { shoppers: 300, days, set: [...under, ...own] });
        return monthly.run(supposed, replication, { openingBook: bookOf(supposed, replication) }).outcomes;
      })
    ));
  };
  return { runs, asked };
}
const options = { months: 2, firstMonth: 1, replications: 1, discountRateBps: 1_200 };

Deno.test("values of cells sum to what all of them bring, which with the rest is what the project brings", async () => {
  const { runs, asked } = smallRuns("interop", { replications: 3 });
  const found = await cellValues("interop", { ...options, replications: 3, apartDays: 20, runs });
  assert.equal(asked.length, 5);
  assert.deepEqual(found.cells.map(({ name }) => name), ["baitiao-alipay", "huabei-jd-mall"]);
  const sum = found.cells.reduce((all, { shapley }) => all + shapley.mean, 0);
  assert.ok(Math.abs(sum - found.allOpen.mean) < 1e-6 * Math.abs(sum));
  assert.ok(
    found.cells.every(({ shapley, samplingErrorFen }) => shapley.mean !== 0 && samplingErrorFen === 0),
  );
  assert.ok(found.cells.every(({ shapley }) => shapley.low! < shapley.mean && shapley.n === 3));
  const [opened] = await runs([[]]), [closed] = await runs([asked[0]]);
  const gains = opened.map((one, r) =>
    signers.reduce(
      (all, party) =>
        all + presentFen(one.resultFen[party], 1_200) - presentFen(closed[r].resultFen[party], 1_200),
      0,
    )
  );
  const gain = gains.reduce((all, one) => all + one, 0) / 3;
  assert.ok(Math.abs(gain - found.allOpen.mean - found.nothingOpen.mean) < 1e-6 * Math.abs(gain));
  assert.ok(found.nothingOpen.mean < 0, "a project that opens nothing still costs its build");
  assert.ok(found.best.valueFen >= found.worst.valueFen);
  assert.deepEqual(found.sets.map(({ open }) => open.length), [1, 1, 2]);
  assert.ok(found.cells.every(({ cost }) => cost.integrationFen === 5_000_000_000 && cost.railFen > 0));
});

Deno.test("an opening that changes nothing is worth nothing: shops abroad that take neither line", async () => {
  const set = ["crossBorder.active=true", "crossBorder.accepts={ baitiao: false, huabei: false }"];
  const { runs } = smallRuns("interop", { under: set, days: 31 });
  const found = await cellValues("interop", { ...options, set, months: 1, runs });
  assert.equal(found.cells.length, 3);
  const [first, second, abroad] = found.cells;
  assert.equal(abroad.name, "cross-border");
  assert.deepEqual([abroad.shapley.mean, abroad.alone.mean, abroad.last.mean], [0, 0, 0]);
  assert.equal(abroad.cost.externalFen, 0);
  assert.ok(first.shapley.mean !== 0 && second.shapley.mean !== 0);
});

Deno.test("beyond four openings orders are drawn, the error is said, and the sum still holds", async () => {
  const set = ["jd-flash-pay", "wechat-pay", "union-card"].flatMap((network) => [
    `acceptance.huabei.${network}.mode=bridged`,
  ]);
  // Each run brings a known result: openings are worth 1, 2, 4, ... and pairs of neighbours 10 more.
  const asked: Case[] = [];
  const runs: MonthlyRuns = (cases) => {
    asked.push(...cases);
    return Promise.resolve(cases.map((own) => {
      const names = [
        "baitiao.alipay",
        "huabei.jd-mall",
        ...["jd-flash-pay", "wechat-pay", "union-card"].map((n) => `huabei.${n}`),
      ];
      const open = names.map((name) => !own.includes(`acceptance.${name}.mode=closed`));
      const worth = open.reduce(
        (sum, isOpen, i) => sum + (isOpen ? (1 << i) + (open[i + 1] ? 10 : 0) : 0),
        0,
      );
      const resultFen = Object.fromEntries(signers.map((party) => [party, [party === "jd" ? worth : 0]]));
      const peaks = { prefundingFen: worth, collateralFen: 0, guaranteeFundFen: 0 };
      return [{ resultFen, externalFen: {}, peaks } as unknown as monthly.MonthlyRun];
    }));
  };
  const found = await cellValues("interop", { ...options, set, orders: 20, discountRateBps: 0, runs });
  assert.equal(found.isCounted, false);
  assert.equal(found.orders, 20);
  assert.ok(asked.length < 34);
  assert.equal(found.allOpen.mean, 71);
  assert.ok(Math.abs(found.cells.reduce((sum, { shapley }) => sum + shapley.mean, 0) - 71) < 1e-9);
  assert.ok(found.cells[2].samplingErrorFen >= 0 && found.cells[2].last.mean === 24);
  // By hand: an end has one neighbour, with which it shares 10.
  const { shapley, samplingErrorFen } = found.cells[0];
  assert.ok(
    Math.abs(shapley.mean - 6) <= 4 * samplingErrorFen + 1e-9,
    `${shapley.mean} ± ${samplingErrorFen}`,
  );
  assert.deepEqual(
    await cellValues("interop", { ...options, set, orders: 20, discountRateBps: 0, runs }),
    found,
  );
});

Deno.test("openings that do not fit into the months are refused before anything is run", async () => {
  const never: MonthlyRuns = () => assert.fail("something was run");
  await assert.rejects(
    cellValues("interop", { ...options, apartDays: 70, runs: never }),
    /--apart-days: found 2 openings 70 days apart from month 1 on; allowed is what fits into 2 months/,
  );
  await assert.rejects(cellValues("baseline", { ...options, runs: never }), /found no bridged cell/);
});
