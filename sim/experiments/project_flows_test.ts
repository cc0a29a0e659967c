import assert from "node:assert/strict";
import { join } from "node:path";
import { externalFlows, parties } from "#/model/names.ts";
import { evaluatePlan } from "#/model/project/evaluate.ts";
import { checkFlows } from "#/model/project/flows.ts";
import { meanFlows } from "#/model/project/mean_flows.ts";
import { loadPlan } from "#/scenarios/plans.ts";
import { openedAfterBuild, openingsOf, withoutProject } from "#/sim/experiments/counterpart.ts";
import * as monthly from "#/sim/experiments/monthly_runner.ts";
import { monthlyPairs, projectFlows } from "#/sim/experiments/project_flows.ts";
import { bookOf, runSmall, small, village } from "#/sim/testing/worlds.ts";

const size = { shoppers: 600, days: 92 };
const runOf = (scenario: string, set: readonly string[] = []) => {
  const supposed = small(scenario, { ...size, set });
  return monthly.run(supposed, 0, { openingBook: bookOf(supposed) }).outcomes;
};
const sum = (column: readonly number[]) => column.reduce((all, fen) => all + fen, 0);

const interop = small("interop", size).scenario;
const opens = openedAfterBuild(interop, openingsOf(interop), { firstMonth: 2, apartDays: 15 });
const pair = { with: runOf("interop", opens), without: runOf("interop", withoutProject("interop")) };

Deno.test("without its project a scenario is its root: the same record and outcomes to the bit", () => {
  const closed = runSmall(small("interop", { ...size, set: withoutProject("interop") })).result;
  assert.equal(closed.hash, runSmall(small("baseline", size)).result.hash);
  assert.notEqual(closed.hash, runSmall(small("interop", size)).result.hash);
  assert.throws(() => withoutProject("baseline"), /found no bridged cell/);
});

Deno.test("whatever a scenario opens, without its project it is the scenario that ships as its closed side", () => {
  const pairs = [
    ["i2-cobranded-card", "baseline"],
    ["x1-cross-border", "baseline"],
    ["f1-stolen-account", "f1-stolen-account-closed"],
    ["interop2025", "baseline2025"],
  ];
  for (const [opened, closed] of pairs) {
    const without = small(opened, { shoppers: 300, days: 20, set: withoutProject(opened) });
    const hash = runSmall(without).result.hash;
    assert.equal(hash, runSmall(small(closed, { shoppers: 300, days: 20 })).result.hash, opened);
  }
});

Deno.test("shocks and the economy stay on the side without the project", () => {
  const set = ["shocks=[{ event: unemployment-jump, fromDay: 5, untilDay: 60, plusBps: 900 }]"];
  const shocked = runSmall(small("interop", { ...size, set: [...set, ...withoutProject("interop", set)] }));
  const root = runSmall(small("baseline", { ...size, set }));
  assert.equal(shocked.result.hash, root.result.hash);
});

Deno.test("months of results and flows sum to what the run says, and to zero each month, to the fen", () => {
  const run = pair.with;
  assert.equal(run.months, 3);
  for (const party of parties) {
    const told = Math.round(run.outcomes[`resultOf.${party}`] * 100);
    assert.equal(sum(run.resultFen[party]), told, party);
  }
  for (const flow of externalFlows) {
    assert.equal(sum(run.externalFen[flow]), Math.round(run.outcomes[`external.${flow}`] * 100), flow);
  }
  for (let m = 0; m < run.months; m++) {
    const all = [...Object.values(run.resultFen), ...Object.values(run.externalFen)];
    assert.equal(sum(all.map((column) => column[m])), 0, `month ${m + 1}`);
  }
  for (const lender of monthly.lenders) {
    assert.equal(sum(run.lossFen[lender]), Math.round(run.outcomes[`lossBy.${lender}`] * 100));
  }
  assert.equal(sum(run.feeFen.jd) + sum(run.feeFen.ant), Math.round(run.outcomes.bridgeFees * 100));
  assert.ok(sum(run.bridgedFen.jd) > 0 && sum(run.bridgedFen.ant) > 0);
});

Deno.test("nothing crosses before the cells are built, and each opens in its turn", () => {
  // Month 1 ends on day 31, the first cell opens on day 30, the second on day 45; months are July, August, September.
  const { bridgedFen } = runOf("interop", openedAfterBuild(interop, openingsOf(interop), { firstMonth: 3 }));
  assert.deepEqual([bridgedFen.jd[0], bridgedFen.ant[0], bridgedFen.jd[1] > 0], [0, 0, true]);
  const apart = openedAfterBuild(interop, openingsOf(interop), { firstMonth: 2, apartDays: 40 });
  assert.deepEqual(apart, ["acceptance.baitiao.alipay.opensDay=30", "acceptance.huabei.jd-mall.opensDay=70"]);
  const late = runOf("interop", apart);
  assert.ok(late.bridgedFen.jd[1] > 0);
  assert.equal(late.bridgedFen.ant[1], 0);
  assert.ok(late.bridgedFen.ant[2] > 0);
  assert.equal(openedAfterBuild(interop, openingsOf(interop))[0], "acceptance.baitiao.alipay.opensDay=180");
});

Deno.test("margin and avoided losses less the tariff are the lender's extra result, every month", () => {
  const flows = projectFlows(pair);
  checkFlows(flows);
  for (const lender of monthly.lenders) {
    const of = (name: string) =>
      flows.streams.find(({ stream, counterparty }) => stream === name && counterparty === lender)!
        .monthlyFen;
    for (let m = 0; m < flows.months; m++) {
      const extra = pair.with.resultFen[lender][m] - pair.without.resultFen[lender][m];
      assert.equal(of("margin")[m] + of("avoidedLosses")[m] - of("bridgeFees")[m], extra);
    }
    assert.ok(sum([...Array.from(of("bridgedVolume"))]) > 0);
  }
  assert.ok(flows.peaks.prefundingFen > 0);
  const { openingMonth } = evaluatePlan(loadPlan("minimal-pilot").plan, meanFlows([flows, flows]));
  assert.ok(openingMonth === null || openingMonth > 0);
  const short = { ...pair.without, months: 2 };
  assert.throws(
    () => projectFlows({ ...pair, without: short }),
    /3 months with the project with 2 months without/,
  );
});

Deno.test("a paired run is done once: a second asking finds both sides in the store", async () => {
  const folder = Deno.makeTempDirSync();
  const told: string[] = [];
  const options = {
    set: [...village, "world.history.days=40"],
    shoppers: 200,
    months: 2,
    firstMonth: 2,
    replications: 1,
    workers: 1,
    store: join(folder, "runs.sqlite"),
    openings: join(folder, "openings"),
    onRun: ({ done, reused }: { done: number; reused: number }) => void told.push(`${done} ${reused}`),
  };
  const [first] = await monthlyPairs("interop", options);
  assert.deepEqual(told, ["0 0", "1 0", "2 0"]);
  const [again] = await monthlyPairs("interop", options);
  assert.deepEqual(told.slice(3), ["2 2"]);
  assert.deepEqual(again, first);
  assert.equal(first.with.months, 2);
});
