import assert from "node:assert/strict";
import {
  columnsOf,
  cumulated,
  dayRows,
  highest,
  lacking,
  lowest,
  shareOf,
  sumOf,
} from "#/server/facts/days.ts";
import { fixtureComparison } from "#/server/testing/fixture.ts";

const report = fixtureComparison({ days: 3 });

Deno.test("dayRows() dates the days from the run's first one, in both worlds", () => {
  const rows = dayRows(report, { lost: "lost" });
  assert.deepEqual(rows.map(({ date }) => date.toISOString().slice(0, 10)), [
    ...["2019-07-01", "2019-07-02", "2019-07-03"],
    ...["2019-07-01", "2019-07-02", "2019-07-03"],
  ]);
  assert.deepEqual(
    rows.filter(({ world }) => world === "open").map(({ value }) => value),
    report.b.daily.columns.lost,
  );
});

Deno.test("dayRows() leaves out a column that a run lacks, and keeps a day without a number as null", () => {
  const holed = structuredClone(report);
  delete holed.a.daily.columns.lost;
  (holed.b.daily.columns.lost as (number | null)[])[1] = null;
  const rows = dayRows(holed, { lost: "lost" });
  assert.deepEqual(rows.map(({ world }) => world), ["open", "open", "open"]);
  assert.equal(rows[1].value, null);
  assert.deepEqual(lacking(holed, ["lost", "nothing"]), ["nothing"]);
});

Deno.test("columnsOf() names what follows a prefix, sorted, each once", () => {
  assert.deepEqual(columnsOf(report, "balance."), ["baitiao", "huabei"]);
  assert.deepEqual(columnsOf(report, "noSuchThing."), []);
});

Deno.test("shareOf() divides by the whole of the same day and world, and has no share of nothing", () => {
  const date = new Date(0), later = new Date(1);
  const rows = shareOf([
    { date, world: "open", series: "part", value: 3 },
    { date, world: "open", series: "all", value: 12 },
    { date, world: "closed", series: "all", value: 4 },
    { date: later, world: "open", series: "part", value: 3 },
    { date: later, world: "open", series: "all", value: 0 },
  ], "all");
  assert.deepEqual(rows.map(({ value }) => value), [0.25, null]);
});

Deno.test("cumulated() keeps worlds and series apart", () => {
  const date = new Date(0);
  const rows = cumulated([
    { date, world: "open", series: "a", value: 1 },
    { date, world: "closed", series: "a", value: 10 },
    { date, world: "open", series: "a", value: 2 },
    { date, world: "open", series: "b", value: 5 },
  ]);
  assert.deepEqual(rows.map(({ value }) => value), [1, 10, 3, 5]);
});

Deno.test("lowest() and highest() take the earliest of equals and pass over missing days", () => {
  const at = (day: number, value: number | null) =>
    ({ date: new Date(day), world: "open", series: "a", value }) as const;
  const rows = [at(0, null), at(1, 4), at(2, 1), at(3, 4), at(4, 1)];
  assert.equal(lowest(rows)?.date.getTime(), 2);
  assert.equal(highest(rows)?.date.getTime(), 1);
  assert.equal(lowest([at(0, null)]), undefined);
});

Deno.test("sumOf() is null where nothing was recorded", () => {
  assert.equal(sumOf(report.a, "noSuchThing"), null);
  assert.equal(sumOf(report.a, "bridgedGmv"), 0);
});
