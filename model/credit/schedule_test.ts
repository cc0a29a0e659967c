import assert from "node:assert/strict";
import fc from "fast-check";
import { civil, epochDay, isoDate } from "#/model/units/calendar.ts";
import { billDates } from "./schedule.ts";

/** The two dates of a purchase of a date, as dates. */
function datesOf(iso: string, statementDayOfMonth: number, dueDayOfMonth: number): string[] {
  const day = epochDay(iso);
  const { statementDay, dueDay } = billDates(day, civil(day), { statementDayOfMonth, dueDayOfMonth });
  return [isoDate(statementDay), isoDate(dueDay)];
}

Deno.test("billDates() joins the statement of the day or the next one, across the end of a year and of February", () => {
  assert.deepEqual(datesOf("2019-07-01", 1, 10), ["2019-07-01", "2019-07-10"]);
  assert.deepEqual(datesOf("2019-07-02", 1, 10), ["2019-08-01", "2019-08-10"]);
  assert.deepEqual(datesOf("2019-12-15", 1, 10), ["2020-01-01", "2020-01-10"]);
  assert.deepEqual(datesOf("2020-01-30", 28, 5), ["2020-02-28", "2020-03-05"]);
  assert.deepEqual(datesOf("2019-12-29", 28, 28), ["2020-01-28", "2020-02-28"]);
  assert.deepEqual(datesOf("2019-12-28", 28, 5), ["2019-12-28", "2020-01-05"]);
});

Deno.test("billDates() is what walking the calendar finds", () => {
  const ofMonth = fc.integer({ min: 1, max: 28 });
  fc.assert(
    fc.property(fc.nat(2_000), ofMonth, ofMonth, (since, statementDayOfMonth, dueDayOfMonth) => {
      const day = epochDay("2019-01-01") + since;
      const found = billDates(day, civil(day), { statementDayOfMonth, dueDayOfMonth });
      const next = (from: number, wanted: number) => {
        let at = from;
        while (civil(at).dayOfMonth !== wanted) at++;
        return at;
      };
      const statementDay = next(day, statementDayOfMonth);
      assert.deepEqual(found, { statementDay, dueDay: next(statementDay + 1, dueDayOfMonth) });
    }),
    { seed: 851 },
  );
});
