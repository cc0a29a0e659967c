import assert from "node:assert/strict";
import fc from "fast-check";
import { blocksOf, eachCandidate, firstPass, orderBy, passes } from "./block.ts";
import { comparer, level, levelIn, patterns, rarityOf } from "./compare.ts";
import { type Field, fields, type Identifiers } from "./identifiers.ts";

/** Files of up to a few dozen records with few values, so that much is shared. */
const files = fc.array(fc.array(fc.integer({ min: -1, max: 3 }), { minLength: 6, maxLength: 6 }), {
  maxLength: 30,
}).map(
  (rows): Identifiers => ({
    count: rows.length,
    columns: Object.fromEntries(
      fields.map((field, f) => [field, Int32Array.from(rows, (row) => row[f])]),
    ) as Record<
      Field,
      Int32Array
    >,
  }),
);

Deno.test("comparer() puts each field at its level: missing, different, or alike by how common the name is", () => {
  fc.assert(
    fc.property(files, files, (a, b) => {
      const rarity = rarityOf(a, b), compare = comparer(a, b, rarity);
      for (let i = 0; i < a.count; i++) {
        for (let j = 0; j < b.count; j++) {
          const pattern = compare(i, j);
          assert.ok(pattern >= 0 && pattern < patterns);
          for (const field of fields) {
            const x = a.columns[field][i], y = b.columns[field][j];
            const alike = field === "surname" || field === "givenName" ? rarity[field][x] : level.agree;
            const expected = x < 0 || y < 0 ? level.missing : x === y ? alike : level.disagree;
            assert.equal(levelIn(pattern, field), expected);
          }
        }
      }
    }),
    { seed: 411 },
  );
});

Deno.test("rarityOf() never calls the more common name the rarer one", () => {
  fc.assert(
    fc.property(files, files, (a, b) => {
      const counts = new Map<number, number>();
      for (const value of [...a.columns.surname, ...b.columns.surname]) {
        if (value >= 0) counts.set(value, (counts.get(value) ?? 0) + 1);
      }
      const { surname } = rarityOf(a, b);
      for (const [x, often] of counts) {
        for (const [y, oftener] of counts) if (often < oftener) assert.ok(surname[x] >= surname[y]);
      }
    }),
    { seed: 412 },
  );
});

Deno.test("eachCandidate() gives the pairs that agree on all fields of some pass, each once, and no others", () => {
  fc.assert(
    fc.property(files, files, (a, b) => {
      const compare = comparer(a, b, rarityOf(a, b)), seen: string[] = [], expected: string[] = [];
      eachCandidate(blocksOf(a, b, { pairsMax: 1e6 }), compare, (i, j, pattern) => {
        assert.equal(pattern, compare(i, j));
        seen.push(`${i} ${j}`);
      });
      for (let i = 0; i < a.count; i++) {
        for (let j = 0; j < b.count; j++) {
          const meet = passes.some((pass) =>
            pass.every((field) => a.columns[field][i] >= 0 && a.columns[field][i] === b.columns[field][j])
          );
          assert.equal(firstPass[compare(i, j)] < passes.length, meet);
          if (meet) expected.push(`${i} ${j}`);
        }
      }
      assert.deepEqual(seen.sort(), expected.sort());
    }),
    { seed: 413, numRuns: 200 },
  );
});

Deno.test("orderBy() sorts by its fields, large numbers too, keeps ties in the order of the file, leaves out gaps", () => {
  const large = fc.array(
    fc.tuple(fc.constantFrom(-1, 0, 5, 70_000, 2_000_000_000), fc.integer({ min: -1, max: 2 })),
  );
  fc.assert(
    fc.property(large, (rows) => {
      const phone = Int32Array.from(rows, ([x]) => x), district = Int32Array.from(rows, ([, y]) => y);
      const columns = { surname: phone, givenName: phone, birthDay: phone, sex: phone, phone, district };
      const { records } = orderBy({ count: rows.length, columns }, ["district", "phone"]);
      const expected = [...rows.keys()].filter((i) => phone[i] >= 0 && district[i] >= 0)
        .sort((i, j) => district[i] - district[j] || phone[i] - phone[j] || i - j);
      assert.deepEqual([...records], expected);
    }),
    { seed: 414 },
  );
});

Deno.test("blocksOf() refuses a value that too many share, and says which field", () => {
  const same = new Int32Array(100), apart = Int32Array.from(same, (_, i) => i);
  const columns = {
    surname: apart,
    givenName: apart,
    birthDay: apart,
    sex: apart,
    phone: same,
    district: apart,
  };
  const file = { count: 100, columns };
  assert.throws(() => blocksOf(file, file, { pairsMax: 9_999 }), {
    name: "RangeError",
    message: "Cannot compare 10000 pairs that share phone: at most 9999 are possible",
  });
  blocksOf(file, file, { pairsMax: 10_000 });
});
