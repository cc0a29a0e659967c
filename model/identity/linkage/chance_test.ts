import assert from "node:assert/strict";
import { orderBy } from "./block.ts";
import { chanceOf } from "./chance.ts";
import { level, rarityOf } from "./compare.ts";
import { twoFiles } from "./fixture.ts";
import { fields, type Identifiers } from "./identifiers.ts";

function learn(a: Identifiers, b: Identifiers, pairsMax = 1e6) {
  const phones = [orderBy(a, ["phone"]), orderBy(b, ["phone"])] as const;
  return chanceOf(a, b, { rarity: rarityOf(a, b), phones, pairsMax });
}

Deno.test("chanceOf() sums to 1 over all patterns", () => {
  const { a, b } = twoFiles(3_000);
  assert.ok(Math.abs(learn(a, b).pattern.reduce((sum, one) => sum + one, 0) - 1) < 1e-12);
});

Deno.test("chanceOf() of a field is what a count over all pairs within the files gives, where both are filled in", () => {
  const { a, b } = twoFiles(900), { u } = learn(a, b), rarity = rarityOf(a, b);
  for (const [f, field] of fields.entries()) {
    const agreeing = [0, 0, 0, 0, 0];
    let all = 0;
    for (const file of [a, b]) {
      const column = file.columns[field].filter((value) => value >= 0);
      for (let i = 0; i < column.length; i++) {
        for (let j = 0; j < i; j++) {
          all++;
          if (column[i] !== column[j]) continue;
          agreeing[field === "surname" || field === "givenName" ? rarity[field][column[i]] : level.agree]++;
        }
      }
    }
    const filled = (file: Identifiers) =>
      file.columns[field].filter((value) => value >= 0).length / file.count;
    const both = filled(a) * filled(b);
    assert.ok(Math.abs(u[f][level.missing] - (1 - both)) < 1e-12);
    for (let l = level.agree; l < u[f].length; l++) {
      // Half a pair is added to what was seen.
      assert.ok(Math.abs(u[f][l] / both * (all + 1.5) - agreeing[l] - 0.5) < 1e-6, `${field} ${l}`);
    }
  }
});

Deno.test("chanceOf() knows that who shares a phone often shares district and surname too", () => {
  const { a, b } = twoFiles(20_000), { u, uKin } = learn(a, b);
  const agree = (shares: Float64Array) => shares.subarray(level.agree).reduce((sum, one) => sum + one, 0);
  const [surname, , birthDay, , , district] = fields.keys();
  assert.ok(agree(uKin[surname]) > 10 * agree(u[surname]));
  assert.ok(agree(uKin[district]) > 10 * agree(u[district]));
  assert.ok(agree(uKin[birthDay]) < 3 * agree(u[birthDay]));
});

Deno.test("chanceOf() takes people who share a phone as strangers where nobody shares one", () => {
  const count = 50, apart = Int32Array.from({ length: count }, (_, i) => i), half = apart.map((i) => i % 2);
  const columns = { surname: half, givenName: half, birthDay: half, sex: half, phone: apart, district: half };
  const { u, uKin } = learn({ count, columns }, { count, columns });
  for (const [f, field] of fields.entries()) {
    if (field === "phone") continue;
    u[f].forEach((share, l) => assert.ok(Math.abs(share - uKin[f][l]) < 1e-12));
  }
});

Deno.test("chanceOf() refuses a phone that too many of one file share", () => {
  const count = 100, same = new Int32Array(count), apart = same.map((_, i) => i);
  const columns = {
    surname: apart,
    givenName: apart,
    birthDay: apart,
    sex: apart,
    phone: same,
    district: apart,
  };
  assert.throws(() => learn({ count, columns }, { count, columns }, 4_949), {
    name: "RangeError",
    message: "Cannot compare 4950 pairs within a file that share phone: at most 4949",
  });
});
