import assert from "node:assert/strict";
import { draw } from "#/server/charts/draw.ts";
import { cellsChart } from "#/server/charts/project/cells.ts";
import { cellsPage, estimateWords } from "#/server/pages/cells.tsx";
import { fixtureCells } from "#/server/testing/fixture_cells.ts";
import { openingWord } from "#/server/words.ts";

Deno.test("the page of openings needs nothing else, is the same twice, and names values, costs and orders", () => {
  const replay = "deno task hutong experiment cells interop";
  const html = cellsPage("interop", fixtureCells(), { replay });
  assert.equal(cellsPage("interop", fixtureCells(), { replay }), html);
  assert.ok(html.startsWith("<!doctype html>") && !html.includes("<script") && html.includes(replay));
  assert.ok(!/\bNaN\b|undefined|Infinity/.test(html));
  assert.ok(html.includes("CNY 4.00 bn (CNY 3.60 bn to CNY 4.40 bn)"));
  assert.ok(html.includes("Co-branded card, then Baitiao on Alipay"));
  assert.ok(!html.includes("Error of drawn orders"));
  const drawn = cellsPage("interop", { ...fixtureCells(), isCounted: false }, { replay });
  assert.ok(drawn.includes("Error of drawn orders"));
});

Deno.test("the chart of openings says which is worth most and which to open first", () => {
  const found = fixtureCells();
  assert.equal(cellsChart(found).title, "Co-branded card is worth most, CNY 4.00 bn; open it first");
  found.best.order.reverse();
  assert.match(cellsChart(found).title, /; open Baitiao on Alipay first$/);
  const drawn = draw(cellsChart(found), { id: "cells" });
  assert.ok("svg" in drawn && !/NaN|undefined/.test(drawn.svg));
  const [one] = found.cells;
  for (const name of ["shapley", "alone", "last"] as const) {
    one[name] = { ...one[name], low: null, high: null, n: 1 };
  }
  const alone = draw(cellsChart({ ...found, cells: [one], best: { ...found.best, order: [one.name] } }), {
    id: "one",
  });
  assert.ok("svg" in alone && !/NaN|undefined/.test(alone.svg + alone.title));
  assert.equal(estimateWords(one.shapley), "CNY 2.00 bn");
});

Deno.test("an opening is said in words: product and network, the card, shops abroad", () => {
  const names = ["huabei-jd-mall", "cobranded-card", "cross-border"];
  assert.deepEqual(names.map(openingWord), ["Huabei on JD's mall", "Co-branded card", "Shops abroad"]);
});
