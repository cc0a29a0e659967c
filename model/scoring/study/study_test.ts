import assert from "node:assert/strict";
import { columnOf } from "#/model/scoring/fit/columns.ts";
import { exclude } from "./exclusions.ts";
import { foldsOf } from "./folds.ts";
import { groupingOf } from "./grouping.ts";
import { scoreBands } from "./score_bands.ts";
import { study } from "./study.ts";

let state = 11;
const draw = () => (state = Math.imul(state, 1_664_525) + 1_013_904_223 >>> 0) / 4_294_967_296;
const rows = 1_500;
const late = Array.from({ length: rows }, () => Math.floor(3 * draw()));
const income = Array.from({ length: rows }, () => draw() < 0.1 ? null : 1_000 * (1 + 9 * draw()));
const age = Array.from({ length: rows }, () => 18 + Math.floor(50 * draw()));
const isBad = Uint8Array.from(
  late,
  (times, i) =>
    draw() < 1 / (1 + Math.exp(2 - times - (age[i] < 25 ? 1 : 0) + (income[i] ?? 5_000) / 8_000)) ? 1 : 0,
);
const columns = [columnOf("late", late), columnOf("income", income)];
const found = study(columns, isBad, { groupsBy: [columnOf("age", age)], folds: 4 });

/** Numbers that are none anywhere in a result. */
function unfinite(value: unknown, path = ""): string[] {
  if (typeof value === "number") return Number.isFinite(value) ? [] : [path];
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([key, part]) => unfinite(part, `${path}.${key}`));
}

Deno.test("a study is plain JSON without a number that is none, the same for the same rows", () => {
  assert.deepEqual(unfinite(found), []);
  assert.deepEqual(study(columns, isBad, { groupsBy: [columnOf("age", age)], folds: 4 }), found);
});

Deno.test("another seed gives other folds, another area and the same card but for its calibration", () => {
  const other = study(columns, isBad, { folds: 4, seed: 2 });
  assert.notEqual(other.auc.crossValidated, found.auc.crossValidated);
  assert.deepEqual(other.card.variables, found.card.variables);
  assert.equal(other.auc.train, found.auc.train);
});

Deno.test("the area out of sample lies in its interval, below that on the own rows; figures belong together", () => {
  const { auc, gini, ks, badRate, bads, scores, calibration } = found;
  assert.ok(auc.interval.low < auc.crossValidated && auc.crossValidated < auc.interval.high);
  assert.ok(auc.crossValidated < auc.train + 0.01 && auc.crossValidated > 0.6);
  assert.equal(auc.byFold.length, 4);
  assert.equal(found.foldsConverged, 4);
  assert.equal(gini, 2 * auc.crossValidated - 1);
  assert.ok(ks > 0 && ks < 1 && badRate === bads / rows);
  assert.equal(scores.reduce((sum, band) => sum + band.goods + band.bads, 0), rows);
  assert.equal(calibration.bands.reduce((sum, band) => sum + band.bads, 0), bads);
});

Deno.test("bins are cut inside each fold: pure noise with many levels gains nothing out of sample", () => {
  const n = 300, levels = Array.from({ length: n }, (_, i) => `v${(i * 7_919) % 83}`);
  const bad = Uint8Array.from({ length: n }, () => draw() < 0.3 ? 1 : 0);
  const noise = study([columnOf("noise", levels)], bad, {
    binning: { mostBins: 60, rareShare: 0, mergeBelow: 0, leastRows: 1 },
  });
  assert.ok(noise.auc.train > 0.6, `${noise.auc.train}`);
  assert.ok(noise.auc.crossValidated < 0.56, `${noise.auc.crossValidated}`);
});

Deno.test("people are parted by columns that the card does not look at", () => {
  assert.deepEqual(found.card.variables.map(({ name }) => name), ["late", "income"]);
  const [{ by, approvals, measures }] = found.groups;
  assert.equal(by, "age");
  assert.deepEqual(approvals.map(({ group }) => group), [
    "under 25",
    "25 to 34",
    "35 to 44",
    "45 to 54",
    "55 to 64",
    "65 and over",
  ]);
  assert.equal(measures.reduce((sum, group) => sum + group.rows, 0), rows);
  // The young turn bad more often than a card that does not know ages expects.
  assert.ok(measures[0].badRate > measures[0].expected);
  const less = study(columns, isBad, { groupsBy: [columnOf("age", age)], approvalRate: 0.4 });
  assert.ok(less.groups[0].approvals[1].approvalRate < approvals[1].approvalRate);
});

Deno.test("each variable is told with its own figures, the most informative first", () => {
  const [first, second] = found.variables;
  assert.ok(first.iv >= second.iv && first.auc > 0.5 && first.auc <= 1);
  const told = found.variables.find(({ name }) => name === "income")!;
  assert.equal(told.missing, income.filter((value) => value === null).length);
  assert.equal(told.isRiskierAbove, false);
  assert.ok(told.bins.some(({ label }) => label === "missing"));
  assert.equal(told.bins.reduce((sum, { goods, bads }) => sum + goods + bads, 0), rows);
});

Deno.test("folds hold equally many of each class, in an order that only the seed decides", () => {
  const flags = Array.from({ length: 103 }, (_, i) => i % 5 === 0 ? 1 : 0);
  const folds = foldsOf(flags, { folds: 5, seed: 9 });
  for (const flag of [0, 1]) {
    const sizes = [0, 1, 2, 3, 4].map((k) => flags.filter((own, i) => own === flag && folds[i] === k).length);
    assert.ok(Math.max(...sizes) - Math.min(...sizes) <= 1);
  }
  assert.deepEqual(foldsOf(flags, { folds: 5, seed: 9 }), folds);
  assert.notDeepEqual(foldsOf(flags, { folds: 5, seed: 10 }), folds);
  assert.throws(
    () => foldsOf([0, 0, 1], { folds: 2, seed: 1 }),
    /^RangeError: Cannot make 2 folds of 1 bads/,
  );
  assert.throws(() => foldsOf([0, 1], { folds: 1, seed: 1 }), /1 folds: allowed is a whole number from 2/);
});

Deno.test("exclude() names what a card must not be fitted on, and why", () => {
  const n = 60, range = Array.from({ length: n }, (_, i) => i);
  const reasons = (options: object, ...list: ReturnType<typeof columnOf>[]) =>
    Object.fromEntries(exclude(list, options).excluded.map(({ name, reason }) => [name, reason]));
  const shuffled = range.map((i) => (i * 37) % n);
  const table = [
    columnOf("ID", shuffled.map((i) => 1_000 + 97 * i)),
    columnOf("nr", shuffled),
    columnOf("amount", shuffled.map((i) => 50 + 13 * i * i)),
    columnOf("share", shuffled.map((i) => i / 60)),
    columnOf("name", shuffled.map((i) => `person ${i}`)),
    columnOf("town", shuffled.map((i) => `town ${i % 5}`)),
    columnOf("same", range.map(() => 4)),
    columnOf("nothing", range.map(() => null)),
    columnOf("once", range.map((i) => i === 3 ? null : 1)),
    columnOf("Sex", range.map((i) => i % 2)),
    columnOf("mileage", range.map((i) => i % 7)),
  ];
  assert.deepEqual(reasons({}, ...table), {
    ID: "identifier",
    nr: "identifier",
    name: "freeText",
    same: "constant",
    nothing: "empty",
    Sex: "personal",
  });
  assert.deepEqual(Object.keys(reasons({ usesPersonal: true, asked: ["town"] }, ...table)).sort(), [
    "ID",
    "name",
    "nothing",
    "nr",
    "same",
    "town",
  ]);
  const { excluded } = exclude(table);
  assert.match(excluded.find(({ name }) => name === "name")!.words, /: 60 values in 60 rows$/);
});

Deno.test("groupingOf() parts by levels, by few values, by age bands or by fifths, missing apart", () => {
  const labels = (name: string, values: (number | string | null)[]) =>
    groupingOf(columnOf(name, values)).labels;
  assert.deepEqual(labels("tier", ["b", "a", null]), ["a", "b", "missing"]);
  assert.deepEqual(labels("children", [0, 2, 1, NaN]), ["0", "1", "2", "missing"]);
  const many = Array.from({ length: 100 }, (_, i) => i);
  assert.equal(labels("income", many).length, 5);
  assert.deepEqual(labels("Age", many.map((i) => 15 + i)).slice(0, 2), ["under 25", "25 to 34"]);
  const towns = labels("town", many.map((i) => `t${i % 40}`));
  assert.deepEqual([towns.length, towns.at(-1)], [12, "all others"]);
});

Deno.test("scoreBands() holds each score in one band of an even width", () => {
  const bands = scoreBands([401, 455, 600, 612], [1, 1, 0, 0], { most: 30 });
  assert.ok(bands.length <= 30);
  assert.ok(bands.every(({ from, to }) => to - from === bands[0].to - bands[0].from));
  assert.deepEqual([bands[0].bads, bands.at(-1)!.goods], [1, 1]);
  assert.deepEqual(scoreBands([], []), []);
});
