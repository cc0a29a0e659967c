import assert from "node:assert/strict";
import { plainPlan } from "#/model/project/testing.ts";
import { parties } from "#/model/names.ts";
import { usersOf, variedBy, variedPaths, yearOf } from "#/sim/experiments/claim.ts";
import type { MonthlyRun } from "#/sim/experiments/monthly_runner.ts";

const zero = (months: number) => new Array<number>(months).fill(0);

/** A run of two months in which a lender sends what is said over the bridge; outcomes as said. */
function monthly(outcomes: Record<string, number>, sentFen = 0): MonthlyRun {
  const months = 24, both = (fen: number) => ({ jd: zero(months).map(() => fen), ant: zero(months) });
  return {
    months,
    resultFen: Object.fromEntries(parties.map((party) => [party, zero(months)])) as MonthlyRun["resultFen"],
    externalFen: {},
    lossFen: both(0),
    bridgedFen: both(sentFen),
    feeFen: both(sentFen / 1_000),
    peaks: { prefundingFen: 0, collateralFen: 0, guaranteeFundFen: 0 },
    outcomes,
  };
}

const pair = (gained: number, sentFen = 0) => ({
  with: monthly(
    { usersGained: 50 + gained, usersMoved: 7, "users.baitiao": 440, "users.huabei": 580 },
    sentFen,
  ),
  without: monthly({ usersGained: 50, usersMoved: 2, "users.baitiao": 400, "users.huabei": 600 }),
});

Deno.test("users gained by both stand apart from users moved, as differences to the world without the project", () => {
  const found = usersOf([pair(30), pair(20), pair(40)]);
  assert.equal(found.gained.mean, 30);
  assert.equal(found.moved.mean, 5);
  assert.deepEqual([found.baitiao.mean, found.huabei.mean], [40, -20]);
  assert.equal(found.gainedShare.mean.toFixed(9), "0.030000000");
  assert.equal(found.baitiaoShare.mean.toFixed(9), "0.100000000");
  assert.ok(found.gained.low! < 30 && found.gained.high! > 30);
  assert.equal(usersOf([pair(30)]).gained.low, null, "one pair has no interval");
});

Deno.test("a year is the last twelve months of the flows, lenders apart from others", () => {
  const peaks = { prefundingFen: 0, collateralFen: 0, guaranteeFundFen: 0 };
  const monthlyFen = Array.from({ length: 24 }, (_, m) => m < 12 ? 0 : 10);
  const streams = [
    { stream: "bridgedVolume" as const, counterparty: "jd", monthlyFen },
    { stream: "margin" as const, counterparty: "jd", monthlyFen },
    { stream: "margin" as const, counterparty: "merchants", monthlyFen },
  ];
  const year = yearOf([{ months: 24, peaks, streams }]);
  assert.deepEqual([year.lentAcross.mean, year.margin.mean, year.avoidedLosses.mean], [120, 120, 0]);
});

Deno.test("every assumption on waiting, leaving and adoption is run at both ends, the widest first", async () => {
  const asked: string[] = [], [plan] = plainPlan();
  const sent = 10_000 * 1e8;
  const found = await variedBy((settings) => {
    asked.push(...settings);
    const [path, value] = settings[0].split("=");
    const more = path === "demand.leaveBps" ? Number(value) / 1_000 : 0;
    return Promise.resolve([pair(10 + more, Math.round(sent * (1 + more)))]);
  }, { plan });
  assert.equal(asked.length, 2 * variedPaths.length);
  assert.deepEqual([found.length, found[0].path], [variedPaths.length, "demand.leaveBps"]);
  const { low, high } = found[0];
  assert.ok(low.value < high.value && low.npvFen < high.npvFen && low.gained < high.gained);
  assert.equal(found[1].low.npvFen, found[1].high.npvFen);
});
