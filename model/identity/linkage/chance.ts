// What two strangers have in common: the chance of each pattern when the records are not of one person.

import { comparer, countValues, level, levelIn, levels, patterns, type Rarity } from "./compare.ts";
import { endOf, type Order } from "./block.ts";
import { type Field, fields, type Identifiers } from "./identifiers.ts";

/** The chance of agreement between records of different people. */
export interface Chance {
  /** The chance of each pattern; they sum to 1. */
  pattern: Float64Array;
  /** The chance of each level of a field, field by field: the u of Fellegi and Sunter. */
  u: Float64Array[];
  /** The same among people who share a phone: families for the most part. */
  uKin: Float64Array[];
}

/**
 * Learns from pairs within each file what agreement is worth, for no person has two records in one file.
 *
 * The u-probabilities come from all pairs within a file at once, by counting how many records hold each value; so they are
 * exact, need no luck and hold no matches. Missing values are counted in each file apart. Independence between fields is an
 * assumption, made twice: among people who do not share a phone and, with u of their own, among people who do (a family
 * shares surname and district too; taken as strangers they would look like one person).
 *
 * Shapes: `phones` the two files in the order of the phone; `pairsMax` as for `blocksOf`.
 * Errors: `RangeError` where more than `pairsMax` pairs of a file share a phone.
 * Source: I. Fellegi and A. Sunter (1969), section 3.3, method I, with frequencies from within the files.
 */
export function chanceOf(
  a: Identifiers,
  b: Identifiers,
  { rarity, phones, pairsMax }: { rarity: Rarity; phones: readonly [Order, Order]; pairsMax: number },
): Chance {
  const present = fields.map((field) => shareFilled(a, field) * shareFilled(b, field));
  const u = fields.map((field, f) => {
    const agreeing = new Float64Array(levels[f]);
    const classes = field === "surname" || field === "givenName" ? rarity[field] : undefined;
    let all = 0;
    for (const file of [a, b]) {
      const counts = countValues([file], field);
      let filled = 0;
      for (let value = 0; value < counts.length; value++) {
        const n = counts[value];
        filled += n;
        agreeing[classes ? classes[value] : level.agree] += n * (n - 1) / 2;
      }
      all += filled * (filled - 1) / 2;
    }
    // Half a coincidence more than were seen: an agreement that never came by chance may still come.
    for (let l = level.agree; l < levels[f]; l++) agreeing[l] = (agreeing[l] + 0.5) / (all + 1.5);
    return spread(present[f], agreeing);
  });
  const kin = countKin(a, b, { rarity, phones, pairsMax });
  const uKin = fields.map((_, f) => {
    const known = u[f].subarray(level.disagree), pseudoPairs = 2, agreeing = new Float64Array(levels[f]);
    const strangers = known.reduce((sum, share) => sum + share, 0);
    let all = pseudoPairs;
    for (let l = level.disagree; l < levels[f]; l++) all += kin[f][l];
    for (let l = level.agree; l < levels[f]; l++) {
      const prior = strangers > 0 ? u[f][l] / strangers : 0;
      agreeing[l] = (kin[f][l] + pseudoPairs * prior) / all;
    }
    return spread(present[f], agreeing);
  });
  return { pattern: tabulate(u, uKin), u, uKin };
}

/** Levels of a field that is present in both records with one chance, and agrees at each level with another. */
function spread(present: number, agreeing: Float64Array): Float64Array {
  const shares = agreeing.map((share) => share * present);
  let agree = 0;
  for (let l = level.agree; l < shares.length; l++) agree += shares[l];
  shares[level.missing] = 1 - present;
  shares[level.disagree] = Math.max(0, present - agree);
  return shares;
}

function shareFilled({ count, columns }: Identifiers, field: Field): number {
  let filled = 0;
  for (const value of columns[field]) if (value >= 0) filled++;
  return count > 0 ? filled / count : 0;
}

/** How often each level of each field occurs among pairs within a file that share a phone. */
function countKin(
  a: Identifiers,
  b: Identifiers,
  { rarity, phones, pairsMax }: { rarity: Rarity; phones: readonly [Order, Order]; pairsMax: number },
): Float64Array[] {
  const counts = new Float64Array(patterns);
  for (const [side, file] of [a, b].entries()) {
    const order = phones[side], { records } = order, compare = comparer(file, file, rarity);
    let pairs = 0;
    for (let from = 0, to = 0; from < records.length; from = to) {
      to = endOf(order, from);
      pairs += (to - from) * (to - from - 1) / 2;
      if (pairs > pairsMax) {
        throw new RangeError(
          `Cannot compare ${pairs} pairs within a file that share phone: at most ${pairsMax}`,
        );
      }
      for (let k = from; k < to; k++) {
        for (let l = k + 1; l < to; l++) counts[compare(records[k], records[l])]++;
      }
    }
  }
  const byLevel = levels.map((size) => new Float64Array(size));
  for (let pattern = 0; pattern < patterns; pattern++) {
    if (counts[pattern] === 0) continue;
    fields.forEach((field, f) => byLevel[f][levelIn(pattern, field)] += counts[pattern]);
  }
  return byLevel;
}

function tabulate(u: readonly Float64Array[], uKin: readonly Float64Array[]): Float64Array {
  const phone = fields.indexOf("phone");
  return Float64Array.from({ length: patterns }, (_, pattern) => {
    const shared = levelIn(pattern, "phone") === level.agree;
    let chance = u[phone][levelIn(pattern, "phone")];
    fields.forEach((field, f) => {
      if (f !== phone) chance *= (shared ? uKin : u)[f][levelIn(pattern, field)];
    });
    return chance;
  });
}
