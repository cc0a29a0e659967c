import assert from "node:assert/strict";
import { featureOwners } from "./owners.ts";
import { type Fusion, type FusionName, fusions, lawMark, lawOf } from "./registry.ts";

for (const [name, fusion] of Object.entries(fusions) as [FusionName, Fusion][]) {
  Deno.test(`${name}: the law is dated in order, each entry names its source`, () => {
    assert.ok(fusion.law.length > 0);
    fusion.law.forEach(({ from, source }, k) => {
      assert.match(from, /^\d{4}-\d{2}-\d{2}$/);
      assert.ok(source.length > 20, source);
      if (k > 0) assert.ok(fusion.law[k - 1].from < from);
    });
    assert.equal(lawOf(name, "1999-01-01"), fusion.law[0]);
    assert.equal(lawOf(name, "2099-01-01"), fusion.law.at(-1));
  });

  Deno.test(`${name}: what is not lawful is marked with its rule, what is lawful is not`, () => {
    for (const date of ["2019-07-01", "2021-12-31", "2022-01-01", "2025-10-01"]) {
      const { status, source } = lawOf(name, date), mark = lawMark(name, date);
      assert.equal(mark === "", status === "lawful");
      if (mark) assert.ok(mark.includes(status) && mark.includes(source) && mark.includes(date));
    }
  });

  Deno.test(`${name}: only owners that exist hand in data, and raw data of the other side are never lawful`, () => {
    assert.ok(fusion.data.every((owner) => featureOwners.includes(owner)));
    if (fusion.crosses === "nothing") {
      assert.ok(
        !fusion.data.includes("jd") && !fusion.data.includes("ant") && !fusion.data.includes("wallet"),
      );
    }
    if (fusion.crosses === "rawData") assert.ok(fusion.law.every(({ status }) => status === "unlawful"));
  });
}

Deno.test("scores through a licensed bureau are lawful from 2022, raw data never, the own score always", () => {
  const on = (date: string) => (Object.keys(fusions) as FusionName[]).map((name) => lawOf(name, date).status);
  assert.deepEqual(on("2019-07-01"), ["lawful", "lawful", "ungoverned", "ungoverned", "unlawful"]);
  assert.deepEqual(on("2022-06-01"), ["lawful", "lawful", "lawful", "ungoverned", "unlawful"]);
});
