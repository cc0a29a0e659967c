import assert from "node:assert/strict";
import { load } from "#/scenarios/load.ts";
import {
  compoundedPct,
  ladderSettings,
  macroSettings,
  pathFigures,
  publishedPath,
  publishedStress,
} from "./published_stress.ts";

Deno.test("the library's paths have one number a period in every column and a source", () => {
  for (const { name, source, ...columns } of publishedStress().paths) {
    const lengths = Object.values(columns).filter(Array.isArray).map(({ length }) => length);
    assert.equal(new Set(lengths).size, 1, name);
    assert.ok(source.length > 10, name);
  }
});

Deno.test("growth compounds to what the EBA printed, within its rounding", () => {
  assert.ok(Math.abs(compoundedPct([-2.3, -4.2, 0], "year") + 6.3) <= 0.15);
});

Deno.test("figures of a path are falls from its eve and peaks along it", () => {
  const quarter = (realGdpPct: number, unemploymentPct: number, housePrices: number) => ({
    ...{ quarter: `Q${unemploymentPct}`, realGdpPct, unemploymentPct, housePrices },
    ...{ commercialPrices: 100, equities: 50, volatility: 20, bondSpreadPct: 1 },
  });
  const told = pathFigures(quarter(2, 4, 200), [quarter(-8, 6, 150), quarter(4, 7, 160)]);
  assert.equal(told.housePriceFallPct, -25);
  assert.equal(told.unemploymentRisePct, 3);
  assert.equal(told.gdpTroughQuarter, "Q6");
});

Deno.test("a published path runs as unemployment that rises from the run's own level", () => {
  const { scenario } = load("baseline", {
    set: macroSettings(publishedPath("fed-2025-severely-adverse"), 500),
  });
  assert.equal(scenario.macro.unemploymentBps[0], 500);
  assert.equal(Math.max(...scenario.macro.unemploymentBps), 500 + 590);
  assert.equal(scenario.macro.incomeGrowthBps[1], -153);
  assert.throws(() => macroSettings(publishedPath("eba-2025-adverse"), 500), /by quarter/);
});

Deno.test("a ladder multiplies a scenario's own number", () => {
  const { multiples } = publishedStress().ladders[0];
  assert.deepEqual(ladderSettings("behaviour.hardshipPerYearBps", { base: 500, multiples }), [
    "behaviour.hardshipPerYearBps=1000",
    "behaviour.hardshipPerYearBps=1500",
    "behaviour.hardshipPerYearBps=2500",
  ]);
});

Deno.test("an unknown path names those there are", () => {
  assert.throws(() => publishedPath("fed-1999"), /no path "fed-1999"; allowed are fed-2025-severely-adverse/);
});
