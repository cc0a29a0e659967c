import assert from "node:assert/strict";
import { civil, daysInMonth, epochDay, isoDate } from "./calendar.ts";

// The runtime's own calendar is the second opinion; tests may ask it, the model may not.
const dayMs = 86_400_000;

Deno.test("civil(), epochDay() and isoDate() agree with the runtime's UTC calendar for four centuries", () => {
  for (let day = epochDay("1800-01-01"); day <= epochDay("2200-12-31"); day++) {
    const date = new Date(day * dayMs);
    const own = civil(day);
    assert.equal(own.year, date.getUTCFullYear());
    assert.equal(own.month, date.getUTCMonth() + 1);
    assert.equal(own.dayOfMonth, date.getUTCDate());
    assert.equal(own.weekday, (date.getUTCDay() + 6) % 7);
    const iso = isoDate(day);
    assert.equal(iso, date.toISOString().slice(0, 10));
    assert.equal(epochDay(iso), day);
  }
});

Deno.test("the calendar holds from year 1 to year 9999", () => {
  assert.equal(isoDate(epochDay("0001-01-01")), "0001-01-01");
  assert.equal(epochDay("0001-01-01"), -719_162);
  assert.equal(epochDay("9999-12-31"), Date.UTC(9999, 11, 31) / dayMs);
  assert.equal(isoDate(epochDay("9999-12-31")), "9999-12-31");
});

Deno.test("daysInMonth() knows leap years: every fourth, but of the full centuries only every fourth", () => {
  for (const year of [1900, 2000, 2019, 2020, 2023, 2024, 2100]) {
    for (let month = 1; month <= 12; month++) {
      assert.equal(
        daysInMonth(year, month),
        new Date(Date.UTC(year, month, 0)).getUTCDate(),
        `${year}-${month}`,
      );
    }
  }
});

Deno.test("epochDay() refuses text that is no date and days that do not exist", () => {
  for (
    const text of ["2019-7-1", "20190701", "2019-07-01T00:00", "", "2019-13-01", "2019-00-10", "2019-02-29"]
  ) {
    assert.throws(() => epochDay(text), { name: "SyntaxError", message: new RegExp(`"${text}"`) });
  }
  assert.throws(() => epochDay("2019-04-31"), { name: "SyntaxError", message: /no such day/ });
  assert.throws(() => epochDay("2100-02-29"), { name: "SyntaxError", message: /no such day/ });
});
