import assert from "node:assert/strict";
import type { Absent, ChartOptions } from "#/server/charts/chart.ts";
import { draw } from "#/server/charts/draw.ts";
import { boxLimitsChart } from "#/server/charts/experiments/box_limits.ts";
import { boxPathChart } from "#/server/charts/experiments/box_path.ts";
import { effectsChart } from "#/server/charts/experiments/effects.ts";
import { indicesChart } from "#/server/charts/experiments/indices.ts";
import { labelPlaces } from "#/server/charts/experiments/label_places.ts";
import { pairsChart } from "#/server/charts/experiments/pairs.ts";
import { scatterChart } from "#/server/charts/experiments/scatter.ts";
import { treeChart } from "#/server/charts/experiments/tree.ts";
import { chanceDistance, mattering, sampledRows, scaleOf } from "#/server/facts/sampled.ts";
import { money } from "#/server/format.ts";
import { fixtureAxes, fixtureSampled } from "#/server/testing/fixture_sampled.ts";
import type { DesignTerms } from "#/scenarios/sweep_schema.ts";
import { discover, readCondition } from "#/sim/experiments/discover.ts";
import { type Method, sensitivityOf } from "#/sim/experiments/sensitivity.ts";

const wanted = { outcome: "netLoss", scenario: "baseline" }, name = "Net loss of baseline";

const found = (design: DesignTerms, method?: Method, options: Parameters<typeof fixtureSampled>[1] = {}) =>
  sensitivityOf(fixtureSampled(design, options), { ...wanted, method, resamples: 100 });

const saltelli = { kind: "saltelli", baseRows: 64, pairs: true } as const;
const morris = { kind: "morris", paths: 8 } as const;
const drawnEvenly = { kind: "sobol", rows: 128 } as const;

const slopes = { kind: "finiteDifferences", baseRows: 40 } as const;
/** Without those in steps or words, of which densities and slopes make nothing. */
const continuous = fixtureAxes.filter(({ range }) => range && !range.step);

const table = fixtureSampled(drawnEvenly);
const discovery = discover(table, {
  condition: readCondition("netLoss > 4e9"),
  scenario: "baseline",
  resamples: 10,
});
const rows = sampledRows(table, wanted);

const charts: Record<string, () => ChartOptions | Absent> = {
  "indices-sobol": () => indicesChart(found(saltelli), { name }),
  "indices-fast": () => indicesChart(found({ kind: "fast", rows: 65 }), { name }),
  "indices-rbd-fast": () => indicesChart(found(drawnEvenly, "rbdFast"), { name }),
  "indices-pawn": () => indicesChart(found(drawnEvenly, "pawn"), { name }),
  "indices-delta": () => indicesChart(found(drawnEvenly, "delta", { axes: continuous }), { name }),
  "indices-dgsm": () => indicesChart(found(slopes, "dgsm", { axes: continuous }), { name }),
  "indices-morris": () => indicesChart(found(morris), { name }),
  "effects": () => effectsChart(found(morris), { name }),
  "pairs": () => pairsChart(found(saltelli), { name }),
  "box-path": () => boxPathChart(discovery, { condition: "Net loss of baseline above CNY 4 bn" }),
  "box-limits": () => boxLimitsChart(discovery, rows),
  "tree": () => treeChart(discovery, { name, unit: "CNY", write: money }),
  "rows": () => scatterChart(rows, { name, bound: 4e9, isMet: (value) => value > 4e9 }),
};

for (const [id, chart] of Object.entries(charts)) {
  Deno.test(`chart ${id} of a sampled sweep is drawn as before, twice the same`, async (t) => {
    const once = draw(chart(), { id });
    assert.deepEqual(draw(chart(), { id }), once);
    assert.ok("svg" in once, `${id} is absent`);
    assert.ok(!/NaN|undefined|Infinity/.test(once.svg + once.title + once.caption), id);
    await t.assertSnapshot([once.title, once.caption, once.legend, once.svg]);
  });
}

Deno.test("titles of sensitivity charts name the axis that moves the made-up loss most", () => {
  const title = (one: ChartOptions | Absent) => one.title;
  assert.match(
    title(charts["indices-sobol"]()),
    /^(Scale of the downturn|People whose).* explains most of how Net loss/,
  );
  assert.match(title(charts["indices-morris"]()), /moves Net loss of baseline most: CNY \d/);
  const base = found(saltelli),
    pair = (first: string, value: number, low: number) => ({
      ...{ first, second: "linkage", value, low, high: value + 0.1 },
    });
  const pairs = [pair("hardship", 0.2, 0.1), pair("severity", 0.4, -0.2), pair("prefunding", -0.3, -0.4)];
  const drawn = draw(pairsChart({ ...base, pairs }, { name }), { id: "pairs" });
  assert.equal(
    drawn.title,
    "hardship with linkage explains 20.0 % of how Net loss of baseline varies, beyond what each does alone",
  );
  assert.ok(
    "svg" in drawn && ["20\u202f%", "\u221230\u202f%", "·"].every((word) => drawn.svg.includes(`>${word}<`)),
  );
  assert.match(title(charts.tree()), /it cuts (severity|hardship) first$/);
});

Deno.test("an axis without any effect is told from the others: last of the bars, and within its interval nothing", () => {
  const { axes } = found(saltelli), idle = axes.find(({ name }) => name === "wordsInADashboardColumn")!;
  assert.ok(Math.abs(idle.measures.total.value) < 1e-9);
  const drawn = draw(charts["indices-sobol"](), { id: "i" });
  assert.ok("svg" in drawn);
  const titles = [...drawn.svg.matchAll(/>([^<]*)<\/text>/g)].map(([, text]) => text);
  assert.ok(titles.indexOf("What does nothing at all") > titles.indexOf("Scale of the downturn"));
});

Deno.test("axes that matter are those above the method's own least", () => {
  const names = (one: Parameters<typeof mattering>[0]) =>
    mattering(one).axes.map(({ name }) => name).toSorted();
  assert.deepEqual(names(found({ ...saltelli, baseRows: 512 })).slice(0, 2), ["hardship", "severity"]);
  assert.deepEqual(names(found({ kind: "sobol", rows: 512 }, "pawn")), ["hardship", "severity"]);
  assert.ok(!names(found(morris)).includes("wordsInADashboardColumn"));
  for (
    const one of [
      found(drawnEvenly, "delta", { axes: continuous }),
      found(slopes, "dgsm", { axes: continuous }),
    ]
  ) {
    assert.deepEqual(names(one), ["hardship"], one.method);
  }
  assert.deepEqual(names(found(morris, undefined, { lossOf: () => 1 })), []);
});

Deno.test("where nothing moves, charts of effects, trees and rows say so instead of drawing", () => {
  const still = { lossOf: () => 5e8 };
  const effects = found(morris, undefined, still);
  assert.equal(effectsChart(effects, { name }).title, "No axis moves Net loss of baseline");
  assert.equal(indicesChart(effects, { name }).title, "No axis moves Net loss of baseline");
  assert.match(indicesChart(found(drawnEvenly, "pawn", still), { name }).title, /^No axis (moves|shifts)/);
  const same = scatterChart(sampledRows(fixtureSampled(morris, still), wanted), { name });
  assert.equal(same.title, "Net loss of baseline is the same in every row");
  assert.ok("svg" in draw(same, { id: "same" }));
  const tree = treeChart({ tree: { rows: 9, mean: 5e8 }, explained: 0 }, { name, unit: "CNY", write: money });
  assert.ok("absent" in tree);
  for (const options of [indicesChart(effects, { name }), same]) {
    const drawn = draw(options, { id: "still" });
    assert.ok("svg" in drawn && !/NaN|undefined|Infinity/.test(drawn.svg));
  }
});

Deno.test("of one axis, and of rows of which none has a result, there is a picture or a sentence", () => {
  const one = { axes: fixtureAxes.slice(0, 1) };
  const single = found({ kind: "saltelli", baseRows: 16 }, undefined, one);
  assert.match(pairsChart(single, { name }).title, /^Pairs of axes/);
  for (
    const options of [
      indicesChart(single, { name }),
      effectsChart(found(morris, undefined, one), { name }),
      scatterChart(sampledRows(fixtureSampled(drawnEvenly, one), wanted), { name }),
    ]
  ) {
    const drawn = draw(options, { id: "one" });
    assert.ok("svg" in drawn && !/NaN|undefined|Infinity/.test(drawn.svg), options.title);
  }
  const none = scatterChart(sampledRows(fixtureSampled(morris, { failed: "all" }), wanted), { name });
  assert.match("absent" in none ? none.absent : "", /None of 48 rows has a result/);
  assert.ok("absent" in effectsChart(single, { name }));
});

Deno.test("without resamples there are bars and no intervals, and every pair is said as it stands", () => {
  const bare = sensitivityOf(fixtureSampled(saltelli), { ...wanted, resamples: 0 });
  const indices = draw(indicesChart(bare, { name }), { id: "bare" });
  const pairs = draw(pairsChart(bare, { name }), { id: "bare-pairs" });
  assert.ok("svg" in indices && "svg" in pairs && !/NaN/.test(indices.svg + pairs.svg));
  assert.ok(!pairs.svg.includes(">·<"));
});

Deno.test("too many rows for one picture are drawn evenly, and the caption says how many", () => {
  const many = scatterChart(sampledRows(fixtureSampled({ kind: "sobol", rows: 1_024 }), wanted), { name });
  assert.ok("caption" in many && /Of 1,024 rows 500 are drawn/.test(many.caption));
  const drawn = draw(many, { id: "many" });
  assert.equal("svg" in drawn && drawn.svg.match(/<circle/g)!.length, 500 * fixtureAxes.length);
});

Deno.test("a box that restricts nothing is a sentence, and one that restricts draws what it keeps", () => {
  assert.ok("absent" in boxLimitsChart({ ...discovery, limits: [] }, rows));
  assert.ok(discovery.limits.length >= 2);
  const drawn = draw(boxLimitsChart(discovery, rows), { id: "limits" });
  assert.ok("svg" in drawn);
  // A pale range an axis, and on it what is kept: one part, or one a word.
  const kept = discovery.limits.reduce((sum, { values }) => sum + (values?.length ?? 1), 0);
  assert.equal(drawn.svg.match(/<rect/g)!.length, discovery.limits.length + kept);
});

Deno.test("labels keep off each other and off dots, and what finds no room goes without", () => {
  const area = { left: 0, right: 200, top: 0, bottom: 60 };
  const crowd = Array.from({ length: 12 }, (_, i) => ({ x: 100 + i, y: 30, text: "a long label" }));
  const placed = labelPlaces(crowd, { area });
  const there = placed.filter((one) => one !== undefined);
  assert.ok(there.length >= 1 && there.length < crowd.length);
  assert.equal(new Set(there.map(({ dx, dy }) => `${dx} ${dy}`)).size, there.length);
});

Deno.test("places on an axis follow its scale, and a number between two values lies between their places", () => {
  const [hardship, severity, prefunding, linkage] = fixtureAxes.map(scaleOf);
  assert.equal(hardship.place(950), 0.5);
  assert.equal(severity.place(10_000), 0.25);
  assert.ok(Math.abs(prefunding.place(1e9) - 0.5) < 1e-12);
  assert.deepEqual(["separate", "recordLinkage", "credentials"].map(linkage.place), [0.5 / 3, 0.5, 2.5 / 3]);
  const listed = scaleOf({ ...fixtureAxes[0], range: undefined, values: [30, 10, 20] });
  assert.deepEqual([5, 10, 15, 30, 99].map(listed.place).map((place) => Math.round(6 * place)), [
    1,
    1,
    2,
    5,
    5,
  ]);
});

Deno.test("the distance that chance alone makes falls with the rows", () => {
  assert.ok(Math.abs(chanceDistance(900) - 0.08687) < 1e-9);
  const idle = found({ kind: "latinHypercube", rows: 900 }, "pawn").axes.at(-1)!.measures.median.value;
  assert.ok(idle > 0.5 * chanceDistance(900) && idle < 1.6 * chanceDistance(900), String(idle));
});
