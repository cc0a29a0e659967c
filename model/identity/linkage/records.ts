// A platform's customer file: a copy of what people said of themselves, with gaps, slips and news that never arrived.

import { type Field, fields, type Identifiers, type Luck, missing, type People } from "./identifiers.ts";
import { nameAt } from "./vocabulary.ts";
import type { Bps } from "#/model/units/units.ts";

/** How often a field of a record is not what it should be; together at most 10,000 bps. */
export interface Faults {
  /** Nobody filled it in. */
  missingBps: Bps;
  /** A slip: another value of the same field, which may by chance be the right one. */
  wrongBps: Bps;
  /** Out of date: the former phone number or district. Only these two fields may say so. */
  staleBps?: Bps;
}

/** The faults of a platform's file, by field. */
export type RecordTerms = Readonly<Record<Field, Faults>>;

/** A customer file, and whose each record is: the truth, which is there for measuring and never for linking. */
export interface RecordFile extends Identifiers {
  person: Int32Array;
}

/**
 * Writes the records of those people who are customers, in the order given.
 *
 * Shapes: `holders` whole numbers of people, none twice; `luck(person, lane)` has one lane a field, in the order of
 * `fields`; each platform needs luck of its own.
 * Errors: `RangeError` for faults above 10,000 bps in all, a stale field that has no former value, or an unknown person.
 *
 * @example
 * ```ts
 * import { drawPeople } from "#/model/identity/linkage/identifiers.ts";
 * import { copyRecords, faultless } from "#/model/identity/linkage/records.ts";
 * import assert from "node:assert/strict";
 * const terms = {
 *   namesakesPerPerson: 0.05, districtNamesakesPerPerson: 0.1,
 *   familyPhoneBps: 0, familySurnameBps: 0, recycledBps: 0,
 * };
 * const luck = (person: number, lane: number) => ((person * 8 + lane) * 0.618034 + 0.5) % 1;
 * const people = drawPeople(1_000, { terms, luck });
 * const file = copyRecords(people, { holders: [7, 9], terms: faultless, luck });
 * assert.deepEqual([...file.columns.phone], [7, 9]);
 * ```
 */
export function copyRecords(
  people: People,
  { holders, terms, luck }: { holders: ArrayLike<number>; terms: RecordTerms; luck: Luck },
): RecordFile {
  const count = holders.length, person = Int32Array.from(holders), { space } = people;
  const lost = person.findIndex((one, i) => one !== holders[i] || one < 0 || one >= people.count);
  if (lost >= 0) {
    throw new RangeError(`Cannot copy person ${holders[lost]}: people are 0 to ${people.count - 1}`);
  }
  const former: Partial<Record<Field, Int32Array>> = {
    phone: people.formerPhone,
    district: people.formerDistrict,
  };
  const slip: Record<Field, (u: number, value: number) => number> = {
    surname: (u) => nameAt(space.surnames, u),
    givenName: (u) => nameAt(space.givenNames, u),
    birthDay: (u) => Math.floor(u * space.birthDays),
    sex: (_, value) => 1 - value,
    phone: (u) => Math.floor(u * space.phones),
    district: (u) => Math.floor(u * space.districts),
  };
  const columns = {} as Record<Field, Int32Array>;
  const lanes = fields.map((field) => {
    const { missingBps, wrongBps, staleBps = 0 } = terms[field], old = former[field];
    if (!(missingBps >= 0 && wrongBps >= 0 && staleBps >= 0 && missingBps + wrongBps + staleBps <= 10_000)) {
      throw new RangeError(
        `Cannot copy ${field} with ${missingBps} bps missing, ${wrongBps} wrong, ${staleBps} stale: ` +
          "none below 0, at most 10000 together",
      );
    }
    if (staleBps > 0 && !old) {
      throw new RangeError(`Cannot copy ${field} with ${staleBps} bps stale: only phone and district change`);
    }
    const gap = missingBps / 10_000, wrong = gap + wrongBps / 10_000, stale = wrong + staleBps / 10_000;
    const source = people.columns[field], copy = columns[field] = new Int32Array(count);
    return { gap, wrong, stale, source, copy, old: old ?? source, slip: slip[field] };
  });
  for (let i = 0; i < count; i++) {
    const whose = person[i];
    for (let lane = 0; lane < lanes.length; lane++) {
      const { gap, wrong, stale, source, copy, old, slip } = lanes[lane], u = luck(whose, lane);
      // One uniform decides both whether there is a slip and which: within its interval it is uniform again.
      if (u < gap) copy[i] = missing;
      else if (u < wrong) copy[i] = slip((u - gap) / (wrong - gap), source[whose]);
      else copy[i] = u < stale ? old[whose] : source[whose];
    }
  }
  return { count, columns, person };
}

const none: Faults = { missingBps: 0, wrongBps: 0 };
/** A file without any fault. */
export const faultless: RecordTerms = {
  surname: none,
  givenName: none,
  birthDay: none,
  sex: none,
  phone: none,
  district: none,
};
