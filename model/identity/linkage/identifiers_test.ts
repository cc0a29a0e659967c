import assert from "node:assert/strict";
import fc from "fast-check";
import { luckOf, population } from "./fixture.ts";
import { drawPeople, fields, type Identifiers, identifierSpace } from "./identifiers.ts";
import { nameAt, zipf } from "./vocabulary.ts";

const alone = { ...population, familyPhoneBps: 0 };

Deno.test("zipf() gives rank k a share that goes with 1 / (k + shift)", () => {
  const { cumulative } = zipf({ size: 3, shift: 1 }); // 1/2, 1/3, 1/4 of a total of 13/12
  assert.deepEqual([...cumulative].map((x) => (x * 13).toFixed(9)), [
    "6.000000000",
    "10.000000000",
    "13.000000000",
  ]);
});

Deno.test("zipf() with the default surnames is near to Chinese ones: the first, the tenth, the hundredth", () => {
  const { cumulative } = zipf({ size: 200, shift: 2 });
  const share = (rank: number) => Math.round((cumulative[rank - 1] - (cumulative[rank - 2] ?? 0)) * 1_000);
  assert.deepEqual([share(1), share(10), share(100)], [76, 19, 2]);
});

Deno.test("nameAt() is the inverse of the cumulative shares, for any list and any share", () => {
  const lists = fc.record({ size: fc.integer({ min: 1, max: 400 }), shift: fc.integer({ min: 0, max: 20 }) });
  fc.assert(
    fc.property(lists, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (list, u) => {
      const names = zipf(list), name = nameAt(names, u);
      assert.ok(u < names.cumulative[name]);
      assert.ok(name === 0 || names.cumulative[name - 1] <= u);
    }),
    { seed: 401, numRuns: 2_000 },
  );
});

Deno.test("zipf().coincidence is the chance that two people bear the same name", () => {
  const { cumulative, coincidence } = zipf({ size: 300, shift: 3 });
  const shares = [...cumulative].map((upTo, k) => upTo - (cumulative[k - 1] ?? 0));
  assert.ok(Math.abs(coincidence - shares.reduce((sum, share) => sum + share * share, 0)) < 1e-12);
});

Deno.test("identifierSpace() meets the stated coincidences at any count, within half a day or district", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2_000, max: 5_000_000 }),
      fc.double({ min: 0.01, max: 0.5, noNaN: true }),
      (n, target) => {
        const space = identifierSpace(n, {
          namesakesPerPerson: target,
          districtNamesakesPerPerson: target / 2,
        });
        assert.ok(Math.abs(space.namesakesPerPerson / target - 1) <= 0.5 / space.birthDays + 1e-12);
        assert.ok(
          Math.abs(space.districtNamesakesPerPerson / target * 2 - 1) <= 0.5 / space.districts + 1e-12,
        );
      },
    ),
    { seed: 402 },
  );
});

Deno.test("identifierSpace() says what it has where so few people cannot have so many coincidences", () => {
  const space = identifierSpace(50, { namesakesPerPerson: 0.05, districtNamesakesPerPerson: 0.1 });
  assert.deepEqual([space.birthDays, space.districts], [1, 1]);
  assert.ok(space.namesakesPerPerson < 0.05 && space.namesakesPerPerson > 0.01);
});

for (
  const [of, target] of [["birthDay", "namesakesPerPerson"], [
    "district",
    "districtNamesakesPerPerson",
  ]] as const
) {
  Deno.test(`drawPeople() gives a person as many others with the same name and ${of} among few as among many`, () => {
    for (const [count, seeds] of [[4_000, 16], [64_000, 1]]) {
      let shared = 0, expected = 0;
      for (let seed = 1; seed <= seeds; seed++) {
        const people = drawPeople(count, { terms: alone, luck: luckOf(seed, 0) });
        shared += pairsSharing(people, ["surname", "givenName", of]);
        expected += count * people.space[target] / 2;
      }
      // Pairs of namesakes are nearly Poisson; common names cluster, so four standard deviations and some.
      assert.ok(
        Math.abs(shared - expected) < 5 * Math.sqrt(expected),
        `${count}: ${shared} pairs, ${expected} expected`,
      );
    }
  });
}

Deno.test("drawPeople() lets a family share phone and district always, the surname as often as stated", () => {
  const { columns, count } = drawPeople(40_000, {
    terms: { ...population, familyPhoneBps: 2_000, familySurnameBps: 5_000 },
    luck: luckOf(3, 0),
  });
  let sharing = 0, named = 0;
  for (let i = 1; i < count; i++) {
    if (columns.phone[i] !== columns.phone[i - 1]) continue;
    sharing++;
    assert.equal(columns.district[i], columns.district[i - 1]);
    if (columns.surname[i] === columns.surname[i - 1]) named++;
  }
  assert.ok(Math.abs(sharing / count - 0.2) < 0.01);
  // Half by family, and of the others as many as chance makes.
  assert.ok(Math.abs(named / sharing - 0.51) < 0.02);
});

Deno.test("drawPeople() gives former numbers to another person as often as stated, else to nobody", () => {
  const { formerPhone, count } = drawPeople(20_000, { terms: population, luck: luckOf(4, 0) });
  const recycled = formerPhone.filter((number) => number < count).length;
  assert.ok(Math.abs(recycled / count - 0.3) < 0.02);
  assert.ok(formerPhone.every((number, i) => number < count || number === count + i));
});

Deno.test("identifierSpace() and drawPeople() refuse what makes no population", () => {
  const luck = luckOf(1, 0);
  assert.throws(() => identifierSpace(1, alone), /Cannot tell 1 people apart/);
  assert.throws(() => identifierSpace(9, { ...alone, namesakesPerPerson: 0 }), {
    name: "RangeError",
    message: "Cannot expect 0 namesakesPerPerson: a number above 0 is needed",
  });
  assert.throws(
    () => drawPeople(9, { terms: { ...alone, recycledBps: 10_001 }, luck }),
    /recycledBps of 10001/,
  );
  assert.throws(() => zipf({ size: 0, shift: 1 }), /Cannot list 0 names/);
});

/** How many pairs agree on all of some fields. */
function pairsSharing({ columns, count }: Identifiers, by: readonly (typeof fields)[number][]): number {
  const groups = new Map<string, number>();
  let pairs = 0;
  for (let i = 0; i < count; i++) {
    const key = by.map((field) => columns[field][i]).join(), before = groups.get(key) ?? 0;
    pairs += before;
    groups.set(key, before + 1);
  }
  return pairs;
}
