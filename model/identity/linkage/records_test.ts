import assert from "node:assert/strict";
import { careless, luckOf, population } from "./fixture.ts";
import { drawPeople, fields, missing } from "./identifiers.ts";
import { copyRecords, faultless } from "./records.ts";

const people = drawPeople(20_000, { terms: population, luck: luckOf(1, 0) });
const everyone = Array.from({ length: people.count }, (_, i) => i);

Deno.test("copyRecords() without faults copies what people are, in the order of the holders", () => {
  const file = copyRecords(people, { holders: [12, 3, 19_999], terms: faultless, luck: luckOf(1, 2) });
  assert.deepEqual([...file.person], [12, 3, 19_999]);
  for (const field of fields) {
    assert.deepEqual([...file.columns[field]], [12, 3, 19_999].map((i) => people.columns[field][i]));
  }
});

Deno.test("copyRecords() leaves out, mistakes and forgets as often as its terms say", () => {
  const file = copyRecords(people, { holders: everyone, terms: careless, luck: luckOf(1, 2) });
  for (const field of fields) {
    const { missingBps, wrongBps, staleBps = 0 } = careless[field], column = file.columns[field];
    const share = (holds: (value: number, i: number) => boolean) =>
      column.filter(holds).length / people.count;
    const near = (seen: number, bps: number) => Math.abs(seen - bps / 10_000) < 0.008;
    assert.ok(near(share((value) => value === missing), missingBps), `${field} missing`);
    // A slip may hit the right value by chance: surnames most often.
    const differs = share((value, i) => value !== missing && value !== people.columns[field][i]);
    assert.ok(near(differs, wrongBps + staleBps), `${field} differs ${differs}`);
  }
});

Deno.test("copyRecords() writes the former phone and district where news never arrived", () => {
  const terms = {
    ...faultless,
    phone: { missingBps: 0, wrongBps: 0, staleBps: 10_000 },
    district: { missingBps: 0, wrongBps: 0, staleBps: 10_000 },
  };
  const { columns } = copyRecords(people, { holders: everyone, terms, luck: luckOf(1, 2) });
  assert.deepEqual(columns.phone, people.formerPhone);
  assert.deepEqual(columns.district, people.formerDistrict);
});

Deno.test("copyRecords() slips within the space of the field, and to the other sex", () => {
  const slip = { missingBps: 5_000, wrongBps: 5_000 };
  const terms = { surname: slip, givenName: slip, birthDay: slip, sex: slip, phone: slip, district: slip };
  const { columns } = copyRecords(people, { holders: everyone, terms, luck: luckOf(1, 2) });
  const { space } = people;
  const sizes = {
    surname: space.surnames.size,
    givenName: space.givenNames.size,
    birthDay: space.birthDays,
    sex: 2,
    phone: space.phones,
    district: space.districts,
  };
  for (const field of fields) {
    const slipped = columns[field].filter((value) => value !== missing);
    assert.ok(slipped.every((value) => value >= 0 && value < sizes[field]), field);
    // From the first value to beyond the middle: the gaps, which come first in the uniform, take none away.
    assert.ok(slipped.some((value) => value > sizes[field] * 0.45), field);
    assert.ok(slipped.some((value) => value < sizes[field] * 0.02), field);
  }
  assert.ok(columns.sex.every((value, i) => value === missing || value === 1 - people.columns.sex[i]));
});

Deno.test("copyRecords(): a person's record does not depend on who else is a customer", () => {
  const all = copyRecords(people, { holders: everyone, terms: careless, luck: luckOf(5, 2) });
  const some = everyone.filter((i) => i % 7 === 3);
  const few = copyRecords(people, { holders: some, terms: careless, luck: luckOf(5, 2) });
  for (const field of fields) {
    assert.deepEqual([...few.columns[field]], some.map((i) => all.columns[field][i]));
  }
});

Deno.test("copyRecords() refuses faults that cannot be, and people who are none", () => {
  const luck = luckOf(1, 2),
    copy = (terms: typeof careless, holders = [0]) => copyRecords(people, { holders, terms, luck });
  assert.throws(() => copy({ ...careless, sex: { missingBps: 9_000, wrongBps: 2_000 } }), {
    name: "RangeError",
    message:
      "Cannot copy sex with 9000 bps missing, 2000 wrong, 0 stale: none below 0, at most 10000 together",
  });
  assert.throws(
    () => copy({ ...careless, sex: { missingBps: 0, wrongBps: 0, staleBps: 1 } }),
    /only phone and district/,
  );
  assert.throws(() => copy(careless, [20_000]), /Cannot copy person 20000: people are 0 to 19999/);
  assert.throws(() => copy(careless, [0.5]), /Cannot copy person 0.5/);
});
