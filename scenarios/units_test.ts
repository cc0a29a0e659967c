// Units in key names: read from the key, demanded of assumptions, suggested when wrong.

import assert from "node:assert/strict";
import { allPaths, followed, shapeAt } from "#/scenarios/shape.ts";
import { inUnit, sameInOtherUnit, unitOf } from "#/scenarios/units.ts";

Deno.test("unitOf() reads the unit from the key's name", () => {
  const cases = {
    "demand.waitBps": "bps",
    "demand.tier1Bps": "bps",
    "credit.huabei.lateFeePpmPerDay": "ppm",
    "behaviour.cureBpsPerDay": "bps",
    "behaviour.hardshipPerYearBps": "bps",
    "project.runningCostPerMonthCny": "CNY",
    "credit.huabei.chargeOffDpd": "days",
    "acceptance.baitiao.alipay.opensDay": "days",
    "credit.huabei.dueDayOfMonth": "day of month",
    "scoring.incomePointsPerDoubling": "points",
    "scoring.pointsToDoubleOdds": "points",
    "clearing.windowMinutes.3": "minutes",
    "merchants.creditDiscountBps.jd-mall": "bps",
    "fraud.distanceMaxKm": "km",
    "demand.wantsPerThousandDays": "count",
    "world.people": "count",
  };
  for (const [path, unit] of Object.entries(cases)) assert.equal(unitOf(path), unit, path);
});

Deno.test("a number of the schema that is bounded by 10000 is in bps, or a count that says so", () => {
  const plainCount = /^scoring\.oddsAtBase$|PerThousandPeople$/, amounts = /(Fen|Cny)$/;
  for (const path of allPaths()) {
    const shape = followed(shapeAt(path.split("."))!);
    if (shape.type !== "integer" || shape.maximum !== 10_000 || plainCount.test(path) || amounts.test(path)) {
      continue;
    }
    assert.equal(unitOf(path), "bps", path);
  }
});

Deno.test("sameInOtherUnit() finds the key that says the same in another unit, or without one", () => {
  const allowed = ["prefundingCny", "lateFeePpmPerDay", "waitDays", "banks"];
  assert.equal(sameInOtherUnit("prefundingFen", allowed), "prefundingCny");
  assert.equal(sameInOtherUnit("prefunding", allowed), "prefundingCny");
  assert.equal(sameInOtherUnit("lateFeeBpsPerDay", allowed), "lateFeePpmPerDay");
  assert.equal(sameInOtherUnit("waitHours", allowed), "waitDays");
  assert.equal(sameInOtherUnit("bankCny", allowed), undefined);
  assert.equal(sameInOtherUnit("Cny", allowed), undefined);
});

Deno.test("inUnit() reads a text only where its meaning is plain and whole", () => {
  assert.equal(inUnit("5%", "bps"), 500);
  assert.equal(inUnit("0.05 %", "ppm"), 500);
  assert.equal(inUnit("300m", "CNY"), 300_000_000);
  assert.equal(inUnit("12:30", "minutes"), 750);
  assert.equal(inUnit("500", "bps"), 500);
  assert.equal(inUnit("500 bps", "bps"), 500);
  assert.equal(inUnit("0.001%", "bps"), undefined);
  assert.equal(inUnit("300m", "bps"), undefined);
  assert.equal(inUnit("5%", "CNY"), undefined);
  assert.equal(inUnit("many", "count"), undefined);
});
