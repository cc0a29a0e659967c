// The pages and sections that a sampled sweep is read by.

import assert from "node:assert/strict";
import { parseHTML } from "linkedom";
import { boxColours } from "#/server/colours.ts";
import { discoveryPage } from "#/server/pages/discovery.tsx";
import { budget } from "#/server/pages/sampled/sections.tsx";
import { sensitivityPage } from "#/server/pages/sensitivity.tsx";
import { sweepPage } from "#/server/pages/sweep.tsx";
import { fixtureAxes, fixtureSampled } from "#/server/testing/fixture_sampled.ts";
import { fixtureSweep } from "#/server/testing/fixture_sweep.ts";
import type { DesignTerms } from "#/scenarios/sweep_schema.ts";
import { discover, readCondition } from "#/sim/experiments/discover.ts";
import { sensitivityOf } from "#/sim/experiments/sensitivity.ts";

type Node = {
  textContent: string;
  querySelector(by: string): Node | null;
  querySelectorAll(by: string): Node[];
};
const dom = (html: string) => (parseHTML(html) as unknown as { document: Node }).document;
const all = (node: Node, by: string) => [...node.querySelectorAll(by)];
const text = (node: Node, by: string) => node.querySelector(by)!.textContent.replace(/\s+/g, " ");
const sound = (html: string) =>
  assert.ok(!/\bNaN\b|undefined|Infinity/.test(dom(html).querySelector("main")!.textContent));

const morris = { kind: "morris", paths: 8 } as const,
  saltelli = { kind: "saltelli", baseRows: 32, pairs: true } as const;
const evenly = { kind: "latinHypercube", rows: 120 } as const;
const wanted = { outcome: "netLoss", scenario: "interop" };

Deno.test("the page of a sensitivity says rows used and left out, meanings, intervals and the command", () => {
  const table = fixtureSampled(saltelli, { failed: [5] });
  const found = sensitivityOf(table, { ...wanted, resamples: 50 });
  const html = sensitivityPage(table, found, {
    replay: "deno task hutong sensitivity cdcd --outcome netLoss",
  });
  assert.equal(
    sensitivityPage(table, found, { replay: "deno task hutong sensitivity cdcd --outcome netLoss" }),
    html,
  );
  assert.ok(html.startsWith("<!doctype html>") && !html.includes("<script"));
  assert.ok(!/(src|href)="https?:/.test(html));
  const page = dom(html);
  // 5 axes with pairs: 12 rows a base row, of which one row failed.
  assert.match(text(page, "#moves"), /372 of 384 rows are used; 12 are left out/);
  assert.match(
    text(page, "#moves"),
    /the share of the outcome's variance that would go if this axis were known/,
  );
  assert.match(text(page, "#moves table"), /behaviour\.hardshipPerYearBps.*%.* to .*%/);
  assert.match(text(page, "#again"), /deno task hutong sensitivity cdcd --outcome netLoss/);
  assert.deepEqual(all(page, "figure").length, 3);
  assert.match(text(page, "h1"), /What moves Net loss of interop: Sobol' indices/);
  sound(html);
});

Deno.test("the page of a discovery tells the box, its stability, the tree and the rows", () => {
  const table = fixtureSampled(evenly, { failed: [3, 4] });
  const found = discover(table, {
    condition: readCondition("netLoss > 4e9"),
    scenario: "interop",
    resamples: 8,
  });
  const html = discoveryPage(table, found, { replay: "again" }), page = dom(html);
  assert.match(text(page, "h1"), /Where it happens: Net loss of interop above CNY.4\.00.bn/);
  assert.match(text(page, "#boxes"), new RegExp(`${found.hits} of 118 rows meet the condition`));
  assert.match(text(page, "#boxes"), /2 rows have no result and are left out/);
  assert.equal(all(page, "#boxes tbody tr").length, found.limits.length);
  assert.match(text(page, "#tree figure"), /all rows.*118 rows/);
  assert.equal(all(page, "#figure-rows circle").length, 118 * fixtureAxes.length);
  sound(html);
});

const shown = (design: DesignTerms, options = {}, asked = {}) => {
  const html = sweepPage(fixtureSampled(design, options), asked);
  sound(html);
  return dom(html);
};

Deno.test("the page of a sampled sweep shows what its design allows, and of a grid nothing of it", () => {
  const figures = (design: DesignTerms) =>
    all(shown(design), "#moves figure").map((one) => (one as unknown as { id: string }).id);
  assert.deepEqual(figures(saltelli), ["figure-indices-sobol", "figure-pairs"]);
  assert.deepEqual(figures(morris), ["figure-indices-morris", "figure-effects"]);
  assert.deepEqual(figures(evenly), ["figure-indices-rbdFast", "figure-indices-pawn"]);
  assert.deepEqual(figures({ kind: "fast", rows: 65 }), ["figure-indices-fast"]);
  const page = shown(evenly);
  for (const id of ["#boxes", "#tree", "#rows"]) assert.ok(page.querySelector(id), id);
  assert.equal(dom(sweepPage(fixtureSweep())).querySelector("#moves"), null);
});

Deno.test("the page of a sampled sweep follows what its address asks for", () => {
  assert.match(text(shown(evenly), "#moves h2"), /Net loss of interop/);
  assert.match(text(shown(evenly, {}, { scenario: "baseline" }), "#moves h2"), /Net loss of baseline/);
  const apart = shown(evenly, {}, { isDifference: true });
  assert.match(text(apart, "#moves h2"), /Net loss, interop less baseline/);
  assert.match(text(apart, "#boxes"), /interop less baseline above/);
  assert.match(text(shown(evenly), "#boxes"), /2[3-5] of 120 rows meet the condition \((19|20)\.\d %\)/);
  assert.match(
    text(shown(evenly, {}, { where: "netLoss < 1e9" }), "#boxes h2"),
    /Net loss of interop below CNY.1\.00.bn/,
  );
  const other = shown(evenly, {}, { where: "dpd30Share > 0.023" });
  assert.match(text(other, "#boxes h2"), /interop above 2\.30 %/);
  // The rows shown are those of the loss: no line at 2.3 %, no coloured row.
  const coloured = (page: Node) =>
    all(page, `#figure-rows [fill="${boxColours["meets the condition"]}"]`).length;
  assert.ok(coloured(shown(evenly)) > 100);
  assert.equal(coloured(other), 0);
});

Deno.test("where nothing can be worked out the page says why: nothing moves, all failed, too few, a strange condition", () => {
  const why = (id: string, ...of: Parameters<typeof shown>) => text(shown(...of), `${id} .empty`);
  const still = { lossOf: () => 5e8 };
  assert.match(why("#moves", saltelli, still), /the same in every row/);
  assert.match(why("#boxes", saltelli, still), /nothing to tell apart/);
  assert.match(why("#moves", morris, { failed: "all" }), /Too few rows for elementary effects: 0 of 8 paths/);
  assert.match(why("#rows", morris, { failed: "all" }), /None of 48 rows has a result/);
  assert.match(why("#moves", { kind: "sobol", rows: 16 }), /Too few rows for RBD-FAST: 16 are left/);
  assert.match(why("#boxes", { kind: "sobol", rows: 16 }), /rows of a sample in which boxes are looked for/);
  assert.match(why("#moves", { kind: "fast", rows: 65 }, { failed: [1] }), /FAST needs every row/);
  assert.match(why("#boxes", evenly, {}, { where: "netLoss ! 3" }), /allowed is an outcome, one of/);
  assert.match(why("#boxes", evenly, {}, { where: "gmv > 3" }), /no outcome "gmv"/);
  assert.match(why("#boxes", evenly, {}, { where: "netLoss > 1e15" }), /0 of 120 rows are of interest/);
});

Deno.test("one axis is enough for a page", () => {
  const page = shown(evenly, { axes: fixtureAxes.slice(0, 1) });
  assert.match(text(page, "#moves h2"), /^1 of 1 axes matters to Net loss of interop: hardship$/);
  assert.equal(all(page, "#rows circle").length, 120);
});

Deno.test("an unfinished design shows its rows and no index; a design past the budget a command in place of both", () => {
  const unfinished = shown(morris, { missing: [2] });
  assert.match(text(unfinished, "#moves .empty"), /worked out when all runs are there: 94 of 96 are/);
  assert.equal(all(unfinished, "#rows circle").length, 47 * fixtureAxes.length);
  assert.equal(unfinished.querySelector("#boxes"), null);
  const table = fixtureSampled(morris), design = { kind: "morris", paths: budget.rows } as const;
  const large = dom(sweepPage({ ...table, design: { ...table.design, design } }));
  assert.match(text(large, "#moves .empty"), /72,000 rows, more than the 12,000/);
  assert.match(
    text(large, "#moves pre"),
    /hutong sensitivity cdcdcdcdcdcd --outcome netLoss .*--out sensitivity\.html/,
  );
  assert.equal(large.querySelector("#rows"), null);
});

Deno.test("boxes past the budget are a sentence with the command that looks for them", () => {
  const axes = Array.from(
    { length: 24 },
    (_, i) => ({ ...fixtureAxes[i % 2], name: `axis${i}`, range: { low: 0, high: 1 } }),
  );
  const lossOf = ({ axis0, axis1 }: Record<string, unknown>) => 1e9 * (Number(axis0) + Number(axis1));
  const page = shown({ kind: "sobol", rows: 3_000 }, { axes, lossOf });
  assert.match(
    text(page, "#boxes .empty"),
    /3,000 rows of 24 axes are more than this page looks for boxes in/,
  );
  assert.match(
    text(page, "#boxes pre"),
    /hutong discover cdcdcdcdcdcd --where 'netLoss > .*--out discover\.html/,
  );
  // RBD-FAST, PAWN and delta.
  assert.equal(all(page, "#moves figure").length, 3);
});

Deno.test("names from a sweep's file are written as text, never as markup", () => {
  const axes = [{ ...fixtureAxes[0], title: "An <b>axis</b>", name: "axis" }];
  const html = sweepPage(fixtureSampled(evenly, { axes }), { where: "<script>x</script>" });
  assert.ok(!html.includes("<b>axis") && !html.includes("<script>x"));
});
