import assert from "node:assert/strict";
import fc from "fast-check";
import { civil, epochDay } from "#/model/units/calendar.ts";
import { daysToDue } from "./due_day.ts";

Deno.test("daysToDue() is the first due day that follows the next statement day, day by day", () => {
  const day = fc.integer({ min: 1, max: 28 });
  fc.assert(
    fc.property(fc.nat(2_000), day, day, (from, statementDayOfMonth, dueDayOfMonth) => {
      const start = epochDay("2019-01-01") + from;
      let at = start;
      while (civil(at).dayOfMonth !== statementDayOfMonth) at++;
      at++;
      while (civil(at).dayOfMonth !== dueDayOfMonth) at++;
      assert.equal(daysToDue(civil(start), { statementDayOfMonth, dueDayOfMonth }), at - start);
    }),
    { seed: 3, numRuns: 500 },
  );
});
