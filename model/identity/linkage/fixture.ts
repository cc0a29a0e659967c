// Two platforms' files over one population, for tests and benchmarks: terms like those of a scenario, luck keyed by person.

import { drawPeople, type People, type PopulationTerms } from "./identifiers.ts";
import { copyRecords, type RecordFile, type RecordTerms } from "./records.ts";
import { philox, unit } from "#/model/statistics/philox.ts";

/** A population like the one a scenario supposes. */
export const population: PopulationTerms = {
  namesakesPerPerson: 0.05,
  districtNamesakesPerPerson: 0.1,
  familyPhoneBps: 800,
  familySurnameBps: 5_000,
  recycledBps: 3_000,
};

/** A file with gaps and slips in every field. */
export const careless: RecordTerms = {
  surname: { missingBps: 50, wrongBps: 100 },
  givenName: { missingBps: 100, wrongBps: 200 },
  birthDay: { missingBps: 800, wrongBps: 200 },
  sex: { missingBps: 300, wrongBps: 100 },
  phone: { missingBps: 200, wrongBps: 50, staleBps: 1_200 },
  district: { missingBps: 500, wrongBps: 100, staleBps: 1_000 },
};

/** Luck of a seed and a stream, keyed by person and lane; the last block is remembered. */
export function luckOf(seed: number, stream: number): (person: number, lane: number) => number {
  const block = new Uint32Array(4);
  let at = -1, which = -1;
  return (person, lane) => {
    if (person !== at || lane >> 2 !== which) {
      at = person;
      which = lane >> 2;
      philox(person, which, stream, 0, seed, 0, block);
    }
    return unit(block[lane & 3]);
  };
}

/** What a pair of files is made of. */
export interface Supposed {
  seed?: number;
  terms?: Partial<PopulationTerms>;
  faults?: RecordTerms;
  /** The share of people with a record in the first file, and in the second. */
  shares?: readonly [number, number];
  /** No person is in both files. */
  disjoint?: boolean;
}

/** Two files of a population of `count`. */
export function twoFiles(
  count: number,
  supposed: Supposed = {},
): { people: People; a: RecordFile; b: RecordFile } {
  const { seed = 1, terms, faults = careless, shares = [0.6, 0.7], disjoint = false } = supposed;
  const people = drawPeople(count, { terms: { ...population, ...terms }, luck: luckOf(seed, 0) });
  const joins = luckOf(seed, 1), inA: number[] = [], inB: number[] = [];
  for (let person = 0; person < count; person++) {
    const first = joins(person, 0) < shares[0], second = joins(person, 1) < shares[1];
    if (first) inA.push(person);
    if (second && !(disjoint && first)) inB.push(person);
  }
  return {
    people,
    a: copyRecords(people, { holders: inA, terms: faults, luck: luckOf(seed, 2) }),
    b: copyRecords(people, { holders: inB, terms: faults, luck: luckOf(seed, 3) }),
  };
}
