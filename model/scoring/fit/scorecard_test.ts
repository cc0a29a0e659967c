import assert from "node:assert/strict";
import fc from "fast-check";
import { binColumn, binIndex } from "./bins.ts";
import { calibrate, pdOfScore } from "./calibration.ts";
import { columnOf } from "./columns.ts";
import { pointsOfLogOdds, pointsPerLogOdds, usualScale } from "./points.ts";
import { factorsOf, placesOf, pointsByBin, scoreBins, scoreColumns, scoreRow } from "./score.ts";
import { fitScorecard } from "./scorecard.ts";

/** A sample in which lateness says much, income some, region is a level, noise nothing. */
function sample(rows = 3_000) {
  let state = 7;
  const draw = () => (state = Math.imul(state, 1_664_525) + 1_013_904_223 >>> 0) / 4_294_967_296;
  const late = Array.from({ length: rows }, () => Math.floor(4 * draw() * draw()));
  const income = Array.from({ length: rows }, () => draw() < 0.1 ? null : Math.round(2_000 + 8_000 * draw()));
  const region = Array.from({ length: rows }, () => ["east", "west", ""][Math.floor(2.3 * draw())]);
  const noise = Array.from({ length: rows }, draw);
  const isBad = Uint8Array.from(late, (times, i) => {
    const odds = -2 + 1.1 * times - ((income[i] ?? 5_000) - 5_000) / 4_000 + (region[i] === "west" ? 0.7 : 0);
    return draw() < 1 / (1 + Math.exp(-odds)) ? 1 : 0;
  });
  const columns = [
    columnOf("late", late),
    columnOf("income", income),
    columnOf("region", region),
    columnOf("noise", noise),
  ];
  return { columns, isBad };
}
const { columns, isBad } = sample();
const card = fitScorecard(columns, isBad);

Deno.test("a card is plain JSON that scores the same after it was written and read", () => {
  const read = JSON.parse(JSON.stringify(card));
  assert.deepEqual(read, card);
  assert.deepEqual(scoreColumns(read, columns), scoreColumns(card, columns));
  assert.deepEqual([card.convention, card.emptyClass, card.rows], ["goodOverBad", "half", 3_000]);
});

Deno.test("the same rows give the same card", () => {
  const again = sample();
  assert.deepEqual(fitScorecard(again.columns, again.isBad), card);
});

Deno.test("a card takes what tells and leaves out by name what does not", () => {
  assert.deepEqual(card.variables.map(({ name }) => name), ["late", "income", "region"]);
  assert.deepEqual(card.leftOut.map(({ name, reason }) => [name, reason]), [["noise", "oneBin"]]);
  const strict = fitScorecard(columns, isBad, { leastIv: 0.2 });
  const weak = strict.leftOut.filter(({ reason }) => reason === "weak");
  assert.ok(weak.length > 0 && weak.every(({ ivOfBins }) => ivOfBins < 0.2));
  assert.ok(strict.variables.every(({ ivOfBins }) => ivOfBins >= 0.2));
});

Deno.test("a column whose worse bins would earn points beside the others is left out, unless that is allowed", () => {
  const rows = 4_000, a = Array.from({ length: rows }, (_, i) => i % 2);
  // b goes with a nine times in ten; given a, it is a good sign, though a bad one by itself.
  const b = a.map((value, i) => i % 20 < 2 ? 1 - value : value);
  const bad = Uint8Array.from(
    a,
    (value, i) => (i * 7_919 % 1_000) / 1_000 < 0.1 + 0.6 * value - 0.08 * b[i] ? 1 : 0,
  );
  const both = [columnOf("a", a), columnOf("b", b)];
  assert.deepEqual(fitScorecard(both, bad).leftOut.map(({ name, reason }) => [name, reason]), [[
    "b",
    "sign",
  ]]);
  const free = fitScorecard(both, bad, { keepsSigns: false });
  assert.ok(free.variables[1].coefficient < 0);
});

Deno.test("points and base add up to the log-odds on the scale, up to rounding", () => {
  const exact = fitScorecard(columns, isBad, { isWhole: false });
  const places = placesOf(exact, columns);
  for (const row of [0, 1, 17, 2_999]) {
    const logOdds = -exact.intercept +
      exact.variables.reduce(
        (sum, { coefficient, table }, v) => sum + coefficient * table[places[v][row]].woe,
        0,
      );
    const score = scoreBins(exact, places, row);
    assert.ok(Math.abs(score - pointsOfLogOdds(logOdds, usualScale)) < 1e-9);
    assert.ok(Math.abs(score - scoreBins(card, placesOf(card, columns), row)) <= 2);
  }
  assert.ok(card.variables.every(({ table }) => table.every(({ points }) => Number.isInteger(points))));
});

Deno.test("the other convention turns the sign of every weight and leaves every point", () => {
  const other = fitScorecard(columns, isBad, { convention: "badOverGood" });
  card.variables.forEach(({ table, coefficient }, v) => {
    assert.equal(other.variables[v].coefficient, coefficient);
    table.forEach(({ woe, points }, i) => {
      assert.equal(other.variables[v].table[i].woe, woe === 0 ? 0 : -woe);
      assert.equal(other.variables[v].table[i].points, points);
    });
  });
});

Deno.test("each option moves the card", () => {
  const points = (options: object) =>
    JSON.stringify(pointsByBin(fitScorecard(columns, isBad, options)).map((one) => [...one]));
  const usual = points({});
  for (
    const options of [
      { ridge: 500 },
      { scale: { ...usualScale, pointsToDoubleOdds: 20 } },
      { binning: { mostBins: 2 } },
      { leastIv: 0.2 },
      { isWhole: false },
    ]
  ) assert.notEqual(points(options), usual, JSON.stringify(options));
  const base = { ...usualScale, basePoints: 700 };
  assert.equal(fitScorecard(columns, isBad, { scale: base }).basePoints, card.basePoints + 100);
  assert.equal(fitScorecard(columns, isBad, { calibration: "isotonic" }).calibration.method, "isotonic");
});

Deno.test("a row, columns of rows and bins worked out before give one score", () => {
  const scores = scoreColumns(card, columns), tables = pointsByBin(card);
  const [late, income, region] = columns;
  for (const row of [3, 40, 555]) {
    const values = {
      late: late.kind === "numeric" ? late.values[row] : null,
      income: income.kind === "numeric" ? income.values[row] : null,
      region: region.kind === "categorical" ? region.levels[region.codes[row]] : null,
    };
    const byHand = card.variables.reduce(
      (sum, { bins, name }, v) => sum + tables[v][binIndex(bins, values[name as "late"])],
      card.basePoints,
    );
    assert.equal(scoreRow(card, values).score, scores[row]);
    assert.equal(byHand, scores[row]);
  }
});

Deno.test("an unknown level and a value missing where none was get no points, for or against", () => {
  const [, , region] = card.variables;
  assert.equal(region.table[binIndex(region.bins, "moon")].points, 0);
  const [late] = card.variables;
  assert.equal(late.table[binIndex(late.bins, NaN)].points, 0);
  const known = scoreRow(card, { late: 0, income: 9_000, region: "moon" });
  assert.ok(Number.isFinite(known.score) && known.pd > 0 && known.pd < 1);
});

Deno.test("factors name what cost the most points, against the best bin or the average", () => {
  const { factors, score } = scoreRow(card, { late: 3, income: 9_900, region: "west" });
  assert.equal(factors[0].variable, "late");
  assert.match(factors[0].words, /^late is .*: \d+ points less than the best, 0/);
  const lost = factors.reduce((sum, { pointsLost }) => sum + pointsLost, 0);
  const best = card.variables.reduce(
    (sum, { table }) => sum + Math.max(...table.map(({ points }) => points)),
    card.basePoints,
  );
  assert.equal(score + lost, best);
  const average =
    scoreRow(card, { late: 3, income: 9_900, region: "west" }, { against: "average", most: 1 }).factors;
  assert.equal(average.length, 1);
  assert.ok(average[0].pointsLost < factors[0].pointsLost);
  assert.match(average[0].words, /less than the average$/);
  const top = card.variables.map(({ table }) =>
    table.reduce((place, { points }, i) => points > table[place].points ? i : place, 0)
  );
  assert.deepEqual(factorsOf(card, top), []);
});

Deno.test("calibration gives back the bad rate, and risk falls with every point", () => {
  const scores = scoreColumns(card, columns);
  for (const method of ["logistic", "isotonic"] as const) {
    const calibration = calibrate(scores, isBad, { method });
    const mean = scores.reduce((sum, score) => sum + pdOfScore(calibration, score), 0) / scores.length;
    assert.ok(Math.abs(mean - card.bads / card.rows) < 1e-3, `${method} ${mean}`);
    for (let score = 300; score < 700; score++) {
      assert.ok(pdOfScore(calibration, score + 1) <= pdOfScore(calibration, score));
    }
  }
});

Deno.test("isotonic calibration is the closest falling staircase: no other falling one has a smaller squared error", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.nat(1)), { minLength: 3, maxLength: 30 }),
      fc.array(fc.nat(100), { minLength: 7, maxLength: 7 }),
      (pairs, levels) => {
        const scores = pairs.map(([score]) => score), bad = pairs.map(([, flag]) => flag);
        if (new Set(bad).size < 2) return;
        const steps = calibrate(scores, bad, { method: "isotonic" });
        const falling = [...levels].sort((a, b) => b - a).map((level) => level / 100);
        const error = (pd: (score: number) => number) =>
          scores.reduce((sum, score, i) => sum + (pd(score) - bad[i]) * (pd(score) - bad[i]), 0);
        assert.ok(error((score) => pdOfScore(steps, score)) <= error((score) => falling[score]) + 1e-9);
      },
    ),
    { seed: 431, numRuns: 200 },
  );
});

Deno.test("separated classes can be calibrated, and one score for all gives the bad rate", () => {
  const apart = calibrate([1, 2, 3, 4], [1, 1, 0, 0]);
  assert.ok(pdOfScore(apart, 1) > 0.5 && pdOfScore(apart, 4) < 0.5 && pdOfScore(apart, 1) < 1);
  const flat = calibrate([5, 5, 5, 5], [1, 0, 0, 0]);
  assert.ok(Math.abs(pdOfScore(flat, 5) - 0.25) < 0.1);
});

Deno.test("a card without any column gives everybody the same score", () => {
  const bare = fitScorecard([], isBad);
  assert.deepEqual(bare.variables, []);
  const bad = card.bads / card.rows;
  assert.ok(Math.abs(scoreRow(bare, {}).pd - bad) < 1e-3);
});

Deno.test("fitting and scoring refuse what does not fit, by name and number", () => {
  assert.throws(
    () => fitScorecard(columns, isBad.map(() => 0)),
    /^RangeError: Cannot fit a scorecard: found 0 bads among 3000 rows/,
  );
  assert.throws(
    () => fitScorecard([columnOf("x", [1, 2])], [0, NaN]),
    /found the flag NaN in row 1; allowed are 0 and 1/,
  );
  assert.throws(() => fitScorecard([columns[0], columns[0]], isBad), /found two columns named late/);
  assert.throws(() => fitScorecard([columnOf("x", [1])], [0, 1]), /Cannot bin x: found 1 values and 2 flags/);
  assert.throws(() => scoreColumns(card, [columns[0]]), /Cannot score without column income: found late/);
  assert.throws(
    () => scoreColumns(card, [columns[0], columnOf("income", [1]), columns[2]]),
    /column income has 1 rows, late has 3000/,
  );
  assert.throws(() => scoreRow(card, { late: "often" }), /^TypeError: Cannot bin "often"/);
  assert.throws(
    () => pointsPerLogOdds({ ...usualScale, baseOdds: 0 }),
    /odds of 0 .*allowed are numbers above 0/,
  );
  assert.throws(() => calibrate([1, 2], [1, 1]), /found 2 bads among 2 rows/);
  assert.throws(() => calibrate([1, NaN], [1, 0]), /row 1: found score NaN/);
  assert.throws(() => calibrate([1], [1, 0]), /1 scores to 2 outcomes/);
});

Deno.test("a column is binned once for a loop: places fit a byte and are those of its values", () => {
  const [late] = columns, [variable] = card.variables;
  const places = binColumn(variable.bins, late);
  assert.ok(places instanceof Uint8Array);
  assert.ok(late.kind === "numeric");
  assert.deepEqual(
    [...places.slice(0, 50)],
    [...late.values.slice(0, 50)].map((value) => binIndex(variable.bins, value)),
  );
});
