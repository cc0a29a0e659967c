import assert from "node:assert/strict";
import fc from "fast-check";
import {
  count,
  counted,
  difference,
  exactly,
  inFull,
  inUnit,
  money,
  relative,
  share,
  shareTick,
  tick,
  unbroken,
} from "#/server/format.ts";

Deno.test("money() keeps three digits and names the scale", () => {
  assert.equal(money(0), "CNY 0");
  assert.equal(money(2_184.37), "CNY 2,184");
  assert.equal(money(12_345), "CNY 12.3 k");
  assert.equal(money(999_960), "CNY 1.00 m");
  assert.equal(money(17_663_431_982_400), "CNY 17.7 tn");
  assert.equal(money(-0.004), "CNY 0");
});

Deno.test("money() is within half a percent of the amount, whatever its size", () => {
  const scales: Record<string, number> = { "": 1, k: 1e3, m: 1e6, bn: 1e9, tn: 1e12 };
  fc.assert(
    fc.property(fc.double({ min: 100, max: 9e14, noNaN: true }), (cny) => {
      const [number, suffix = ""] = money(cny).slice(4).replaceAll(",", "").split(" ");
      const read = Number(number) * scales[suffix];
      assert.ok(Math.abs(read - cny) <= cny * 0.005, `${cny} is written ${money(cny)}`);
      assert.equal(money(-cny), `\u2212${money(cny)}`);
    }),
    { seed: 11 },
  );
});

Deno.test("count() is exact below ten thousand", () => {
  assert.equal(count(0), "0");
  assert.equal(count(9_999), "9,999");
  assert.equal(count(10_000), "10.0 k");
  assert.equal(count(-272_000_000), "\u2212272 m");
});

Deno.test("uses and attributes are counts like people", () => {
  for (const unit of ["people", "purchases", "uses", "attributes"]) {
    assert.equal(inUnit(33_660_240_000, unit), "33.7 bn");
    assert.equal(difference(-1_200, unit), "\u22121,200");
  }
});

Deno.test("inFull() rounds nothing", () => {
  assert.equal(inFull(850_000_000), "850,000,000");
  assert.equal(inFull(30_000.5), "30,000.50");
});

Deno.test("share() says neither nothing nor too much", () => {
  assert.equal(share(0), "0.00 %");
  assert.equal(share(0.00004), "< 0.01 %");
  assert.equal(share(-0.00004), "> \u22120.01 %");
  assert.equal(share(0.01561), "1.56 %");
  assert.equal(share(0.99999), "100.0 %");
});

Deno.test("difference() carries its sign, and shares differ by percentage points", () => {
  assert.equal(difference(0, "CNY"), "CNY 0");
  assert.equal(difference(-0.0335, "share"), "\u22123.35 pp");
  assert.equal(difference(0.00001, "share"), "< +0.01 pp");
  assert.equal(difference(2_460_000, "people"), "+2.46 m");
  assert.equal(difference(-22.88, "minutes"), "\u221222.9");
  assert.equal(difference(null, "CNY"), "–");
});

Deno.test("inUnit() writes a dash for what is missing or not finite", () => {
  for (const value of [null, undefined, NaN, Infinity]) assert.equal(inUnit(value, "people"), "–");
  assert.equal(inUnit(2, "days"), "2");
  assert.equal(inUnit(178.8, "minutes"), "179");
});

Deno.test("relative() has no answer without a base", () => {
  assert.equal(relative(0, 5), undefined);
  assert.equal(relative(200, 150), "\u221225.0 %");
  assert.equal(relative(-200, -100), "+50.0 %");
});

Deno.test("ticks are short and use a real minus sign", () => {
  assert.equal(tick(502_500_000), "502.5\u202fm");
  assert.equal(tick(3e15), "3,000\u202ftn");
  assert.equal(tick(0), "0");
  assert.equal(tick(2_500_000), "2.5\u202fm");
  assert.equal(tick(-1e9), "\u22121\u202fbn");
  assert.equal(shareTick(0.125), "12.5\u202f%");
});

Deno.test("unbroken() ties figures to their units and leaves other words alone", () => {
  assert.equal(unbroken("1.61 % of 20 markets, 3 k left"), "1.61\u00a0% of 20 markets, 3\u00a0k left");
});

Deno.test("an amount in foreign currency is told in its own", () => {
  assert.equal(inUnit(1_234_567, "HKD"), money(1_234_567).replace("CNY", "HKD"));
  assert.equal(inUnit(-950, "JPY"), money(-950).replace("CNY", "JPY"));
});

Deno.test("counts in full, values as they were said, and outcomes that count things have their thousands apart", () => {
  assert.deepEqual([counted(1, "run"), counted(43_008, "row")], ["1 run", "43,008 rows"]);
  assert.deepEqual([exactly(1_000), exactly(0.000_000_1), exactly(-2_500.75)], [
    "1,000",
    "1e-7",
    "−2,500.75",
  ]);
  for (const unit of ["notices", "entries", "breaches", "deals", "count"]) {
    assert.equal(inUnit(195_800_000, unit), "196 m", unit);
  }
});
