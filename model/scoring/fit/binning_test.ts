import assert from "node:assert/strict";
import fc from "fast-check";
import { binning } from "./binning.ts";
import { binColumn, binIndex, binLabels, missingIndex, unseenIndex } from "./bins.ts";
import { type Column, columnOf, pick } from "./columns.ts";

/** Flags with a given share of bads by value, spread evenly. */
function flags(values: readonly unknown[], share: (value: never) => number): Uint8Array {
  const owed = new Map<unknown, number>();
  return Uint8Array.from(values, (value) => {
    const sum = (owed.get(value) ?? 0.5) + share(value as never);
    owed.set(value, sum - Math.floor(sum));
    return Math.floor(sum);
  });
}
const repeated = <T>(values: readonly T[], n: number): T[] =>
  Array.from({ length: n }, (_, i) => values[i % values.length]);

Deno.test("binning() keeps values apart that differ and merges those that do not", () => {
  const values = repeated([0, 1, 2, 3, 4], 2_000);
  const isBad = flags(values, (value: number) => value < 2 ? 0.05 : value < 4 ? 0.3 : 0.7);
  const { fine, merged } = binning(columnOf("x", values), isBad);
  assert.deepEqual(fine.bins, { kind: "numeric", cuts: [1, 2, 3, 4] });
  assert.deepEqual(merged.bins, { kind: "numeric", cuts: [2, 4] });
  assert.deepEqual(merged.counts.map(({ goods, bads }) => goods + bads), [800, 800, 400, 0, 0]);
});

Deno.test("binning() gives missing values their own bin, however few", () => {
  const values = repeated([0, 1, 2, 3, NaN], 1_000);
  const { merged } = binning(columnOf("x", values), flags(values, (value: number) => value > 1 ? 0.5 : 0.1));
  const missing = missingIndex(merged.bins);
  assert.equal(merged.counts[missing].goods + merged.counts[missing].bads, 200);
  assert.equal(binIndex(merged.bins, NaN), missing);
  assert.equal(binIndex(merged.bins, null), missing);
});

Deno.test("binning() leaves one bin where the column says nothing", () => {
  const values = repeated([1, 2, 3, 4], 800);
  assert.deepEqual(binning(columnOf("x", values), flags(values, () => 0.25)).merged.bins, {
    kind: "numeric",
    cuts: [],
  });
});

Deno.test("binning() keeps a large bin of one class alone: it says most of all", () => {
  const values = repeated([1, 2, 3, 4], 400);
  const { merged } = binning(columnOf("x", values), Uint8Array.from(values, (value) => value > 2 ? 1 : 0));
  assert.deepEqual(merged.bins, { kind: "numeric", cuts: [3] });
});

Deno.test("binning() cuts many values into bins of about equally many rows, heavy values standing alone", () => {
  const values = Array.from({ length: 4_000 }, (_, i) => i % 4 === 0 ? 0 : i);
  const { fine } = binning(columnOf("x", values), flags(values, () => 0.2));
  assert.ok(fine.bins.kind === "numeric" && fine.bins.cuts.length >= 12 && fine.bins.cuts.length <= 19);
  assert.equal(fine.counts[0].goods + fine.counts[0].bads, 1_000);
  for (const { goods, bads } of fine.counts.slice(1, -3)) {
    assert.ok(goods + bads >= 180 && goods + bads <= 260);
  }
});

Deno.test("binning() groups rare levels and merges levels that are alike, whatever their names", () => {
  const levels = [...repeated(["c", "a", "b"], 1_200), ..."defgh"];
  const isBad = flags(levels, (level: string) => level === "b" ? 0.5 : 0.1);
  const { fine, merged } = binning(columnOf("x", levels), isBad);
  assert.ok(fine.bins.kind === "categorical" && merged.bins.kind === "categorical");
  assert.deepEqual(fine.bins.groups, [["a"], ["b"], ["c"], ["d", "e", "f", "g", "h"]]);
  assert.deepEqual(merged.bins.groups, [["a", "c", "d", "e", "f", "g", "h"], ["b"]]);
  assert.equal(binIndex(merged.bins, "moon"), unseenIndex(merged.bins));
});

Deno.test("isMonotone leaves shares of bads that only rise or only fall", () => {
  const values = repeated([0, 1, 2, 3, 4, 5], 6_000);
  const share = [0.1, 0.3, 0.2, 0.5, 0.4, 0.7], isBad = flags(values, (value: number) => share[value]);
  const cuts = (isMonotone: boolean) => {
    const { bins } = binning(columnOf("x", values), isBad, { isMonotone }).merged;
    return bins.kind === "numeric" && bins.cuts;
  };
  assert.deepEqual(cuts(false), [1, 2, 3, 4, 5]);
  assert.deepEqual(cuts(true), [1, 3, 5]);
});

Deno.test("mostBins, leastShare, mergeBelow and fineBins each move the bins", () => {
  const values = Array.from({ length: 5_000 }, (_, i) => i);
  const isBad = flags(values.map((value) => Math.floor(value / 500)), (decile: number) => 0.05 + decile / 12);
  const count = (options: object) => missingIndex(binning(columnOf("x", values), isBad, options).merged.bins);
  assert.ok(count({}) > 5);
  assert.equal(count({ mostBins: 3 }), 3);
  assert.ok(count({ leastShare: 0.3 }) <= 3);
  assert.equal(count({ mergeBelow: Infinity }), 1);
  assert.equal(count({ fineBins: 2 }), 2);
});

Deno.test("every value falls into one bin, in rising order, and a column is binned as its values are", () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.integer({ min: -50, max: 50 }), fc.constant(NaN)), {
        minLength: 4,
        maxLength: 200,
      }),
      (values) => {
        const column = columnOf("x", values);
        const isBad = values.map((value, i) => (value > 3 ? i % 3 : i % 7) === 0 ? 1 : 0);
        const { fine, merged } = binning(column, isBad);
        for (const { bins, counts } of [fine, merged]) {
          const places = binColumn(bins, column);
          assert.deepEqual([...places], values.map((value) => binIndex(bins, value)));
          assert.equal(counts.reduce((sum, { goods, bads }) => sum + goods + bads, 0), values.length);
          assert.equal(binLabels(bins).length, counts.length);
          for (let i = 0; i < values.length; i++) {
            for (let j = 0; j < values.length; j++) {
              if (values[i] <= values[j]) assert.ok(places[i] <= places[j]);
            }
          }
        }
      },
    ),
    { seed: 413, numRuns: 100 },
  );
});

Deno.test("a rising change of scale changes no bin", () => {
  const values = Array.from({ length: 1_000 }, (_, i) => (i * 37) % 211);
  const isBad = flags(values.map((value) => value > 100), (is: boolean) => is ? 0.4 : 0.1);
  const plain = columnOf("x", values), scaled = columnOf("x", values.map((value) => 5 * value + 3));
  assert.deepEqual(
    binColumn(binning(plain, isBad).merged.bins, plain),
    binColumn(binning(scaled, isBad).merged.bins, scaled),
  );
});

Deno.test("labels say bins as people do", () => {
  const cuts = { kind: "numeric" as const, cuts: [1, 2, 5] };
  assert.deepEqual(binLabels(cuts), [
    "below 1",
    "from 1 to below 2",
    "from 2 to below 5",
    "5 and above",
    "missing",
    "never seen",
  ]);
  assert.deepEqual(binLabels(cuts, { isWhole: true }).slice(0, 4), ["0 or less", "1", "2 to 4", "5 or more"]);
  const many = { kind: "categorical" as const, groups: [[..."abcdef"]] };
  assert.equal(binLabels(many)[0], "a, b, c, d and 2 more");
});

Deno.test("binning and columns refuse what does not fit, by name", () => {
  assert.throws(
    () => binning(columnOf("x", [1, 2]), [0]),
    /^RangeError: Cannot bin x: found 2 values and 1 flags/,
  );
  assert.throws(
    () => binning(columnOf("x", [1, 2]), [0, 2]),
    /x: found the flag 2 in row 1; allowed are 0 and 1/,
  );
  assert.throws(
    () => columnOf("x", [1, "a"]),
    /^TypeError: Cannot make a column of x: found number and string/,
  );
  assert.throws(() => binIndex({ kind: "numeric", cuts: [1] }, "a"), /^TypeError: Cannot bin "a"/);
  assert.throws(
    () => binColumn({ kind: "numeric", cuts: [1] }, columnOf("x", ["a"])),
    /column x: found a categorical/,
  );
});

Deno.test("pick() takes rows in the order asked for, of numbers and of levels", () => {
  const values = (column: Column) => column.kind === "numeric" ? [...column.values] : [...column.codes];
  assert.deepEqual(values(pick(columnOf("x", [5, 6, 7]), [2, 0])), [7, 5]);
  assert.deepEqual(values(pick(columnOf("x", ["b", "", "a"]), [0, 1, 2])), [1, -1, 0]);
});
