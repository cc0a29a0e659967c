// What tells people apart without a credential: surname, given name, birth day, sex, phone and district, as whole numbers.

import { nameAt, type Vocabulary, zipf } from "./vocabulary.ts";
import type { Bps } from "#/model/units/units.ts";

/** The quasi-identifiers, in the order of a comparison. */
export const fields = ["surname", "givenName", "birthDay", "sex", "phone", "district"] as const;
/** The name of a quasi-identifier. */
export type Field = (typeof fields)[number];
/** The value of a field that nobody filled in. */
export const missing = -1;

/** Columns of quasi-identifiers, one row a person or a record; whole numbers from 0, or {@link missing}. */
export interface Identifiers {
  count: number;
  columns: Readonly<Record<Field, Int32Array>>;
}

/** How alike the people of a population are. All are assumptions. */
export interface PopulationTerms {
  /** The expected number of other people who share a person's full name and birth day; above 0. */
  namesakesPerPerson: number;
  /** The expected number of other people who share a person's full name and district; above 0. */
  districtNamesakesPerPerson: number;
  /** People who use the phone of the person before them in the columns, and live in the same district. */
  familyPhoneBps: Bps;
  /** Of those, who also bear that person's surname. */
  familySurnameBps: Bps;
  /** Former phone numbers that belong to another person by now. */
  recycledBps: Bps;
  /** How common names are; 200 surnames with shift 2 and 300 given names with shift 3 where nothing is said. */
  surnames?: { size: number; shift: number };
  givenNames?: { size: number; shift: number };
}

/** The values that fields can take in a population. */
export interface IdentifierSpace {
  surnames: Vocabulary;
  givenNames: Vocabulary;
  /** How many birth days, districts and phone numbers there are. */
  birthDays: number;
  districts: number;
  phones: number;
  /** The expected coincidences that these whole numbers really give. */
  namesakesPerPerson: number;
  districtNamesakesPerPerson: number;
}

/** People with what they are, what they were, and the space that they were drawn from. */
export interface People extends Identifiers {
  space: IdentifierSpace;
  /** The phone number and the district before the present ones. */
  formerPhone: Int32Array;
  formerDistrict: Int32Array;
}

/** The uniforms that a person needs, by name; eight lanes, two blocks of four. */
export const personLane = {
  surname: 0,
  givenName: 1,
  birthDay: 2,
  sex: 3,
  district: 4,
  family: 5,
  formerDistrict: 6,
  formerPhone: 7,
} as const;

/** A number strictly between 0 and 1 that belongs to a person and a lane; asked for in rising order of both. */
export type Luck = (person: number, lane: number) => number;

/**
 * The space of values in which `count` people meet the stated coincidences.
 *
 * Simulated people stand for many. Among a billion real people a person has some namesakes born on the same day; were the
 * simulated people spread over all real birth days, a run with few of them would have next to none, and linking would look
 * easier the smaller the run. So the names keep their frequencies and the days and districts shrink with the count: as many
 * as give (count - 1) x P(same surname) x P(same given name) / days = `namesakesPerPerson`, and likewise the districts. Then
 * whatever joins a name with a day or a district is shared with as many others in a small run as in a large one. Whole days
 * meet the target within half a day; a population too small to have so many coincidences gets one day (or district), and
 * the space says what it really expects. With the default names and 0.05 namesakes that is below some 180 people.
 *
 * Errors: `RangeError` for fewer than 2 people, or coincidences that are not above 0.
 *
 * @example
 * ```ts
 * import { identifierSpace } from "#/model/identity/linkage/identifiers.ts";
 * import assert from "node:assert/strict";
 * const terms = { namesakesPerPerson: 0.05, districtNamesakesPerPerson: 0.1 };
 * const small = identifierSpace(10_000, terms), large = identifierSpace(1_000_000, terms);
 * assert.deepEqual([small.birthDays, large.birthDays], [57, 5715]);
 * assert.deepEqual([small, large].map((space) => space.namesakesPerPerson.toFixed(3)), ["0.050", "0.050"]);
 * ```
 */
export function identifierSpace(
  count: number,
  { namesakesPerPerson, districtNamesakesPerPerson, surnames, givenNames }: Pick<
    PopulationTerms,
    "namesakesPerPerson" | "districtNamesakesPerPerson" | "surnames" | "givenNames"
  >,
): IdentifierSpace {
  if (!Number.isInteger(count) || count < 2) {
    throw new RangeError(`Cannot tell ${count} people apart: a whole number from 2 is needed`);
  }
  const names = zipf(surnames ?? { size: 200, shift: 2 }),
    given = zipf(givenNames ?? { size: 300, shift: 3 });
  const sameName = (count - 1) * names.coincidence * given.coincidence;
  const size = (name: string, target: number) => {
    if (!(target > 0)) throw new RangeError(`Cannot expect ${target} ${name}: a number above 0 is needed`);
    return Math.min(Math.max(1, Math.round(sameName / target)), 0x7fffffff);
  };
  const birthDays = size("namesakesPerPerson", namesakesPerPerson);
  const districts = size("districtNamesakesPerPerson", districtNamesakesPerPerson);
  return {
    surnames: names,
    givenNames: given,
    birthDays,
    districts,
    phones: 2 * count,
    namesakesPerPerson: sameName / birthDays,
    districtNamesakesPerPerson: sameName / districts,
  };
}

/**
 * Draws the people. A person's own phone number is the person's number; the numbers above are out of use.
 *
 * Families are neighbours in the columns: who has no phone of their own uses that of the person before, lives in the same
 * district and often bears the same surname. So agreement is not independent between fields, as in life.
 * Errors: those of {@link identifierSpace}; `RangeError` for bps outside 0 to 10,000.
 */
export function drawPeople(count: number, { terms, luck }: { terms: PopulationTerms; luck: Luck }): People {
  for (const name of ["familyPhoneBps", "familySurnameBps", "recycledBps"] as const) {
    refuseUnlessBps(name, terms[name]);
  }
  const space = identifierSpace(count, terms), { surnames, givenNames, birthDays, districts } = space;
  const column = () => new Int32Array(count);
  const surname = column(), givenName = column(), birthDay = column(), sex = column();
  const phone = column(), district = column(), formerPhone = column(), formerDistrict = column();
  const family = terms.familyPhoneBps / 10_000, kin = family * terms.familySurnameBps / 10_000;
  const recycled = terms.recycledBps / 10_000;
  for (let i = 0; i < count; i++) {
    surname[i] = nameAt(surnames, luck(i, personLane.surname));
    givenName[i] = nameAt(givenNames, luck(i, personLane.givenName));
    birthDay[i] = Math.floor(luck(i, personLane.birthDay) * birthDays);
    sex[i] = luck(i, personLane.sex) < 0.5 ? 0 : 1;
    phone[i] = i;
    district[i] = Math.floor(luck(i, personLane.district) * districts);
    const u = luck(i, personLane.family);
    if (i > 0 && u < family) {
      phone[i] = phone[i - 1];
      district[i] = district[i - 1];
      if (u < kin) surname[i] = surname[i - 1];
    }
    formerDistrict[i] = Math.floor(luck(i, personLane.formerDistrict) * districts);
    const now = luck(i, personLane.formerPhone);
    formerPhone[i] = now < recycled ? Math.floor(now / recycled * count) : count + i;
  }
  const columns = { surname, givenName, birthDay, sex, phone, district };
  return { count, columns, space, formerPhone, formerDistrict };
}

/** Errors: `RangeError` for a number of bps that is not from 0 to 10,000. */
export function refuseUnlessBps(name: string, bps: number): void {
  if (!(bps >= 0 && bps <= 10_000)) {
    throw new RangeError(`Cannot take ${name} of ${bps}: 0 to 10000 are possible`);
  }
}
