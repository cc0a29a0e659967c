import assert from "node:assert/strict";
import { contractTable } from "#/model/project/contracts.ts";
import { planDesk } from "#/model/project/evaluate.ts";
import { plainPlan } from "#/model/project/testing.ts";
import {
  breakEvenWords,
  claimFinding,
  claimParts,
  type ClaimReport,
  neededUntilPaid,
  supportOf,
} from "#/server/facts/claim.ts";
import { claimPage } from "#/server/pages/claim.tsx";
import type { UsersFound } from "#/sim/experiments/claim.ts";

const sure = (mean: number) => ({ mean, low: mean * 0.9, high: mean * 1.1, n: 5 });

function report(changes: Partial<ClaimReport> = {}): ClaimReport {
  const [plan, flows] = plainPlan();
  return {
    ...{ plan, flowsTitle: "plain flows", replications: 5, varied: [], users: null },
    base: planDesk(plan, flows).evaluate(),
    contracts: contractTable(plan, flows),
    year: { lentAcross: sure(1e14), margin: sure(3e10), avoidedLosses: sure(1e10), bridgeFees: sure(1e9) },
    ...changes,
  };
}

const users = (gainedShare: number): UsersFound => ({
  gained: sure(gainedShare * 1e9),
  moved: sure(1e6),
  baitiao: sure(5e6),
  huabei: sure(1e6),
  without: { baitiao: 6e7, huabei: 5e8 },
  gainedShare: sure(gainedShare),
  baitiaoShare: sure(0.1),
});

Deno.test("a claim is supported where the whole interval reaches it, open where a part does", () => {
  assert.equal(supportOf(sure(0.12), 0.1), "supported");
  assert.equal(supportOf(sure(0.1), 0.1), "open");
  assert.equal(supportOf(sure(0.05), 0.1), "not supported");
  assert.equal(supportOf({ mean: 0.11, low: null, high: null, n: 1 }, 0.1), "supported");
});

Deno.test("each part of the claim has its arithmetic, its runs and whether they support it", () => {
  const support = (found: ClaimReport) => claimParts(found).map(({ support }) => support);
  assert.deepEqual(support(report()), ["not run", "not run", "not run", "not supported"]);
  const some = report({ users: users(0.03) });
  assert.deepEqual(support(some), ["not supported", "not supported", "supported", "not supported"]);
  assert.deepEqual(support(report({ users: users(0.2) }))[0], "supported");
  const [people, revenue, budget, money] = claimParts(some);
  assert.match(people.runs, /gained by both: .* moved from one to the other: /);
  assert.match(revenue.arithmetic, /CNY 2\.01 bn gross at the very most, CNY 307 m to CNY 400 m/);
  assert.match(budget.arithmetic, /1,665 % a year, which says nothing/);
  assert.match(money.arithmetic, /lasts \d+\.\d days/);
  assert.match(claimFinding(some), /^Not supported: 10 % more users; CNY 5 bn.*Supported: on CNY 300\.3 m$/);
});

Deno.test("the break-even names an uplift of users only where runs gained some", () => {
  assert.ok(breakEvenWords(report()).every((text) => !/uplift/.test(text)));
  assert.match(
    breakEvenWords(report({ users: users(0.03) })).join(" "),
    /an uplift of [\d.]+ % of all lines/,
  );
  assert.match(breakEvenWords(report({ users: users(0) })).join(" "), /gain no users, so no uplift/);
});

Deno.test("running money is what costs ran ahead of receipts at the most", () => {
  const columns = { operatingPaid: [5, 5, 1], taxPaid: [0, 0, 0], receipts: [0, 2, 9] };
  assert.equal(neededUntilPaid({ columns: columns as never, months: 3 }), 8);
});

Deno.test("the page stands alone, with what was varied as a chart, and says where nothing was", () => {
  const end = (value: number, npvFen: number) => ({ value, npvFen, gained: value, gainedShare: value / 1e4 });
  const varied = [{
    ...{ path: "demand.waitBps", unit: "bps", base: 800, source: "assumed (a): wait and come back" },
    ...{ low: end(0, -1e9), high: end(2_000, 3e9) },
  }];
  const with_ = claimPage(report({ users: users(0.03), varied }), {
    replay: "deno task hutong finance claim",
  });
  assert.match(with_, /figure-varied/);
  assert.match(with_, /Who cannot pay waits and comes back/);
  assert.match(with_, /Open: the interval holds the claim, so more replications are needed/);
  const without = claimPage(report(), { replay: "deno task hutong finance claim" });
  assert.match(without, /Not run: these are assumptions of runs/);
  for (const html of [with_, without]) {
    assert.ok(!/<script|NaN|undefined|Infinity|\[object/.test(html));
    assert.ok(!/https?:\/\/(?!www\.w3\.org)/.test(html));
  }
});
