import assert from "node:assert/strict";
import { columnOf } from "#/model/scoring/fit/columns.ts";
import { exclude } from "#/model/scoring/study/exclusions.ts";
import { study, type StudyOptions } from "#/model/scoring/study/study.ts";
import { scoreCalibration } from "#/server/charts/scorecard/calibration.ts";
import { draw } from "#/server/charts/draw.ts";
import { scoreDistribution } from "#/server/charts/scorecard/distribution.ts";
import { fairnessOf } from "#/server/charts/scorecard/fairness.ts";
import { roc } from "#/server/charts/scorecard/roc.ts";
import { weights } from "#/server/charts/scorecard/weights.ts";
import { scorecardPage, type ScorecardReport } from "#/server/pages/scorecard.tsx";

function report(options: StudyOptions = {}, { saysNothing = false } = {}): ScorecardReport {
  const rows = Array.from({ length: 600 }, (_, i) => i), turn = (i: number) => (i * 7_919) % 1_000 / 1_000;
  const late = rows.map((i) => i % 3), ages = rows.map((i) => 18 + (i * 13) % 60);
  const isBad = rows.map((i) => turn(i) < (saysNothing ? 0.3 : 0.1 + 0.3 * late[i]) ? 1 : 0);
  const columns = [
    columnOf("late", saysNothing ? rows.map((i) => i % 2) : late),
    columnOf(
      "town <b>",
      rows.map((i) => i % 9 === 0 ? null : `a town with a very long name indeed, number ${i % 2}`),
    ),
  ];
  const { excluded } = exclude([columnOf("row", rows)]);
  return {
    file: "some/where/loans.csv",
    target: { column: "bad & late", bad: "1", good: "0", because: "the greater number is bad" },
    study: study(columns, isBad, { groupsBy: [columnOf("AGE", ages)], ...options }),
    excluded,
    notes: ["late alone says much"],
  };
}

Deno.test("the page of a scorecard needs nothing else, escapes names, and is the same twice", () => {
  const html = scorecardPage(report());
  assert.equal(scorecardPage(report()), html);
  assert.ok(html.startsWith("<!doctype html>") && !html.includes("<script") && !html.includes("town <b>"));
  assert.ok(html.includes("bad &amp; late") && html.includes("Scorecard of loans.csv"));
  assert.ok(!/\bNaN\b|undefined|Infinity/.test(html));
  for (const id of ["quality", "variables", "card", "fairness", "method"]) {
    assert.ok(html.includes(`id="${id}"`), id);
  }
});

Deno.test("a card that says nothing, and one in the other convention, have their page too", () => {
  const nothing = scorecardPage(report({}, { saysNothing: true }));
  assert.ok(!/\bNaN\b|undefined|Infinity/.test(nothing) && !nothing.includes('id="card"'));
  const other = scorecardPage(report({ convention: "badOverGood", calibration: "isotonic" }));
  assert.ok(other.includes("positive is riskier") && other.includes("Calibration (isotonic)"));
});

Deno.test("a regression that did not converge says so in its heading", () => {
  const one = report();
  one.study.card.convergence = { ...one.study.card.convergence, isConverged: false, stoppedBy: "singular" };
  assert.match(scorecardPage(one), /did NOT converge: the features determine each other/);
});

Deno.test("each chart states its finding, and is drawn with the figures it states", () => {
  const { study } = report();
  const drawn = {
    roc: roc(study),
    calibration: scoreCalibration(study),
    distribution: scoreDistribution(study),
    fairness: fairnessOf(study.groups[0]),
    weights: weights(study.variables[0], "goodOverBad"),
  };
  for (const [id, options] of Object.entries(drawn)) {
    const one = draw(options, { id });
    assert.ok("svg" in one && !/NaN|undefined/.test(one.svg + one.title + one.caption), id);
  }
  assert.equal(drawn.roc.title, `Out of sample the AUC is ${study.auc.crossValidated.toFixed(3)}`);
  assert.match(drawn.weights.title, /^late: \d+\.\d % bad where it is 2 or more$/);
  assert.match(drawn.distribution.title, /^Goods score \d+ points more than bads on average$/);
  assert.match(drawn.fairness.title, /^AGE: .* is approved in \d+/);
});

Deno.test("a better bin has the colour of goods in either convention", () => {
  const colours = (convention: "goodOverBad" | "badOverGood") => {
    const { study } = report({ convention });
    const one = draw(weights(study.variables[0], convention), { id: "w" });
    assert.ok("svg" in one);
    return [...one.svg.matchAll(/fill="(#2f7f86|#b4436c)"/g)].map(([, colour]) => colour);
  };
  assert.ok(colours("goodOverBad").length >= 2);
  assert.deepEqual(colours("badOverGood"), colours("goodOverBad"));
});
