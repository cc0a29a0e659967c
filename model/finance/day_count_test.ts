import assert from "node:assert/strict";
import fc from "fast-check";
import { epochDay } from "#/model/units/calendar.ts";
import { type DayCount, dayCounts, yearsBetween } from "./day_count.ts";

const between = (from: string, to: string, convention: DayCount) =>
  yearsBetween(epochDay(from), epochDay(to), convention);

Deno.test("thirty-day months agree with published tables of days", () => {
  // westclintech.com, DAYS360: from, to, days by 30U/360 and 30E/360.
  const rows = [
    ["2007-01-15", "2007-01-31", 16, 15],
    ["2007-02-28", "2007-03-31", 30, 32],
    ["2006-08-31", "2007-02-28", 178, 178],
    ["2007-02-28", "2007-08-31", 180, 182],
    ["2007-02-26", "2008-02-29", 363, 363],
    ["2008-02-29", "2009-02-28", 360, 359],
    ["2007-02-28", "2007-03-05", 5, 7],
    ["2008-08-31", "2009-02-28", 178, 178],
  ] as const;
  for (const [from, to, american, european] of rows) {
    assert.equal(between(from, to, "30U/360"), american / 360, `${from} ${to} 30U/360`);
    assert.equal(between(from, to, "30E/360"), european / 360, `${from} ${to} 30E/360`);
  }
});

Deno.test("each convention gives the figures of the worked examples", () => {
  // deltaquants.com, day count conventions, examples 2 and 4.
  const examples: [string, string, Partial<Record<DayCount, number>>][] = [
    ["2007-12-28", "2008-02-29", {
      "act/act ISDA": 4 / 365 + 59 / 366,
      "act/365F": 63 / 365,
      "act/360": 63 / 360,
      "nl/365": 62 / 365,
      "30/360 ISDA": 61 / 360,
      "30E/360": 61 / 360,
      "30E+/360": 61 / 360,
      "30E/360 ISDA": 62 / 360,
      "30U/360": 61 / 360,
    }],
    ["2008-02-01", "2009-05-31", {
      "act/act ISDA": 335 / 366 + 150 / 365,
      "act/365F": 485 / 365,
      "act/365.25": 485 / 365.25,
      "act/364": 485 / 364,
      "nl/365": 484 / 365,
      "nl/360": 484 / 360,
      "30/360 ISDA": 480 / 360,
      "30E/360": 479 / 360,
      "30E+/360": 480 / 360,
      "30E/360 ISDA": 479 / 360,
      "30U/360": 480 / 360,
    }],
  ];
  for (const [from, to, figures] of examples) {
    for (const [convention, years] of Object.entries(figures)) {
      const own = between(from, to, convention as DayCount);
      assert.ok(Math.abs(own - years) < 1e-12, `${from} ${to} ${convention}: ${own}, ${years}`);
    }
  }
});

Deno.test("every convention gives about the years that pass, and none for no days", () => {
  const day = fc.integer({ min: 0, max: 40_000 });
  fc.assert(
    fc.property(day, day, fc.constantFrom(...dayCounts), (a, b, convention) => {
      const from = Math.min(a, b), to = Math.max(a, b);
      const own = yearsBetween(from, to, convention), passed = (to - from) / 365.25;
      assert.ok(Math.abs(own - passed) <= passed * 0.016 + 5 / 360, `${own} years for ${passed}`);
      assert.equal(yearsBetween(from, from, convention) === 0 || convention.startsWith("30"), true);
    }),
    { seed: 70, numRuns: 500 },
  );
});
