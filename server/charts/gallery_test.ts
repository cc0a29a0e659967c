import assert from "node:assert/strict";
import { draw } from "#/server/charts/draw.ts";
import { type ChartName, gallery } from "#/server/charts/gallery.ts";
import { heatmap } from "#/server/charts/heatmap.ts";
import { axisTitle, axisValues, mapCells, mapChoice } from "#/server/facts/sweeps.ts";
import { fixtureComparison } from "#/server/testing/fixture.ts";
import { fixtureSweep } from "#/server/testing/fixture_sweep.ts";

const names = Object.keys(gallery) as ChartName[];

for (const name of names) {
  Deno.test(`chart ${name} is drawn as before, twice the same`, async (t) => {
    const once = draw(gallery[name](fixtureComparison({ days: 14 })), { id: name });
    const again = draw(gallery[name](fixtureComparison({ days: 14 })), { id: name });
    assert.deepEqual(once, again);
    assert.ok("svg" in once, `${name} is absent`);
    assert.ok(once.title.length > 10 && once.caption.length > 10);
    assert.ok(
      !/NaN|undefined|Infinity/.test(once.svg + once.title + once.caption),
      `${name} draws a number that is none`,
    );
    await t.assertSnapshot([once.title, once.caption, once.legend, once.svg]);
  });
}

Deno.test("the map of a sweep is drawn as before", async (t) => {
  const table = fixtureSweep();
  const choice = mapChoice(table)!;
  const axis = (name: string) => ({ title: axisTitle(table, name), values: axisValues(table, name) });
  const options = heatmap({
    cells: mapCells(table, choice).filter(({ scenario }) => scenario === "interop"),
    kind: "difference",
    unit: "CNY",
    against: "baseline",
    x: axis(choice.x),
    y: axis(choice.y),
  }, { title: "Sales: interop less baseline", caption: "Means with intervals." });
  const drawn = draw(options, { id: "map" });
  assert.ok("svg" in drawn);
  await t.assertSnapshot(drawn.svg);
});

Deno.test("no chart fails on a report without daily columns, outcomes or refusals: it says what is missing", () => {
  const bare = fixtureComparison({ days: 3 });
  for (const run of [bare.a, bare.b]) {
    run.daily.columns = {};
    delete run.servicing;
    delete run.clearing;
    run.outcomes = {};
    run.calibration = [];
    run.purchases.refused = {};
    run.purchases.redirected = {};
    run.purchases.plotsRefused = {};
  }
  for (const name of names) {
    const drawn = draw(gallery[name](bare), { id: name });
    assert.ok("absent" in drawn, `${name} draws something of nothing`);
    assert.ok(drawn.title.length > 3 && drawn.absent.length > 10);
  }
});

Deno.test("no chart fails on a report whose outcomes are missing while its days are there, or the other way round", () => {
  const noOutcomes = fixtureComparison({ days: 3 }), noDays = fixtureComparison({ days: 3 });
  for (const run of [noOutcomes.a, noOutcomes.b]) run.outcomes = {};
  for (const run of [noDays.a, noDays.b]) run.daily.columns = {};
  for (const name of names) {
    draw(gallery[name](noOutcomes), { id: name });
    draw(gallery[name](noDays), { id: name });
  }
});

Deno.test("days without a number leave a gap and no words that are no numbers", () => {
  const holed = fixtureComparison({ days: 6 });
  for (const run of [holed.a, holed.b]) {
    for (const column of Object.values(run.daily.columns)) (column as (number | null)[])[2] = null;
  }
  for (const name of names) {
    const drawn = draw(gallery[name](holed), { id: name });
    assert.ok("svg" in drawn && !/NaN|undefined/.test(drawn.svg + drawn.title), name);
  }
});

Deno.test("a run of one day is drawn too", () => {
  for (const name of names) {
    const drawn = draw(gallery[name](fixtureComparison({ days: 1 })), { id: name });
    assert.ok("svg" in drawn && !/NaN|undefined/.test(drawn.svg), name);
  }
});

Deno.test("a closed world where nothing happens is drawn too", () => {
  const still = fixtureComparison({ days: 5 });
  for (const run of [still.a, still.b]) {
    for (const column of Object.values(run.daily.columns)) column.fill(0);
    for (const outcome of Object.values(run.outcomes)) outcome.value = 0;
  }
  for (const name of names) {
    const drawn = draw(gallery[name](still), { id: name });
    const words = "svg" in drawn ? drawn.svg + drawn.title : drawn.absent;
    assert.ok(!/NaN|undefined|Infinity/.test(words), name);
  }
});

Deno.test("every chart file stands in the gallery", () => {
  const frames = [
    "band.ts",
    "chart.ts",
    "draw.ts",
    "gallery.ts",
    "two_worlds.ts",
    "heatmap.ts",
    "trade_off.ts",
  ];
  const source = Deno.readTextFileSync(new URL("gallery.ts", import.meta.url));
  for (const { name } of Deno.readDirSync(new URL(".", import.meta.url))) {
    if (!name.endsWith(".ts") || name.endsWith("_test.ts") || frames.includes(name)) continue;
    assert.ok(source.includes(`charts/${name}"`), `${name} is not in gallery.ts`);
  }
});
