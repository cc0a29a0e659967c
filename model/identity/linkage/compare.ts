// How two records compare: field by field missing, different or the same, and for names how common the shared name is.

import { type Field, fields, type Identifiers } from "./identifiers.ts";

/** The levels of a comparison. Agreement on a name says more the rarer the name, so names agree at three levels. */
export const level = { missing: 0, disagree: 1, agree: 2, agreeMiddling: 3, agreeRare: 4 } as const;

const named = 5, plain = 3;
/** How many levels each field has, in the order of `fields`; a field with three levels agrees at `level.agree`. */
export const levels: readonly number[] = [named, named, plain, plain, plain, plain];
/** How many patterns there are: one level for each field. A pattern is a whole number below it, first field first. */
export const patterns = levels.reduce((all, some) => all * some, 1);
const place = levels.map((_, f) => levels.slice(f + 1).reduce((all, some) => all * some, 1));

/** The level of a field in a pattern. */
export function levelIn(pattern: number, field: Field): number {
  const f = fields.indexOf(field);
  return Math.floor(pattern / place[f]) % levels[f];
}

/** At which level two records agree that share a name: by field and name. */
export interface Rarity {
  surname: Uint8Array;
  givenName: Uint8Array;
}

/**
 * Sorts names into common, middling and rare, such that each class holds about a third of the records of both files.
 *
 * @example
 * ```ts
 * import { level, rarityOf } from "#/model/identity/linkage/compare.ts";
 * import assert from "node:assert/strict";
 * const names = Int32Array.of(0, 0, 0, 1, 1, 2, 3, -1), same = new Int32Array(8);
 * const columns = { surname: names, givenName: names, birthDay: same, sex: same, phone: same, district: same };
 * const { surname } = rarityOf({ count: 8, columns }, { count: 8, columns });
 * assert.deepEqual([...surname], [level.agree, level.agreeMiddling, level.agreeRare, level.agreeRare]);
 * ```
 */
export function rarityOf(a: Identifiers, b: Identifiers): Rarity {
  return { surname: classesOf(a, b, "surname"), givenName: classesOf(a, b, "givenName") };
}

function classesOf(a: Identifiers, b: Identifiers, field: Field): Uint8Array {
  const counts = countValues([a, b], field);
  const byCount = Int32Array.from(counts, (_, value) => value).sort((x, y) => counts[y] - counts[x] || x - y);
  const all = counts.reduce((sum, count) => sum + count, 0), classes = new Uint8Array(counts.length);
  let before = 0;
  for (const value of byCount) {
    classes[value] = level.agree + Math.min(2, Math.floor(3 * before / all));
    before += counts[value];
  }
  return classes;
}

/** How many records of the files hold each value of a field. */
export function countValues(files: readonly Identifiers[], field: Field): Float64Array {
  const most = files.reduce((sofar, { columns }) => Math.max(sofar, largest(columns[field])), -1);
  const counts = new Float64Array(most + 1);
  for (const { columns } of files) {
    for (const value of columns[field]) if (value >= 0) counts[value]++;
  }
  return counts;
}

/** The largest value of a column, -1 for none. */
export function largest(column: Int32Array): number {
  let most = -1;
  for (let i = 0; i < column.length; i++) if (column[i] > most) most = column[i];
  return most;
}

/** Gives the pattern of two records, by their numbers in each file. */
export type Compare = (i: number, j: number) => number;

/** Compares records of `a` with records of `b`, which may be the same file. */
export function comparer(a: Identifiers, b: Identifiers, rarity: Rarity): Compare {
  const { surname, givenName, birthDay, sex, phone, district } = a.columns;
  const other = b.columns;
  const surname2 = other.surname, givenName2 = other.givenName, birthDay2 = other.birthDay;
  const sex2 = other.sex, phone2 = other.phone, district2 = other.district;
  const { surname: surnameLevel, givenName: givenLevel } = rarity;
  return (i, j) => {
    const s = surname[i], t = surname2[j], g = givenName[i], h = givenName2[j];
    const family = s < 0 || t < 0 ? 0 : s === t ? surnameLevel[s] : 1;
    const given = g < 0 || h < 0 ? 0 : g === h ? givenLevel[g] : 1;
    const names = family * named + given;
    const birth = names * plain + plainLevel(birthDay[i], birthDay2[j]);
    const body = birth * plain + plainLevel(sex[i], sex2[j]);
    return (body * plain + plainLevel(phone[i], phone2[j])) * plain + plainLevel(district[i], district2[j]);
  };
}

function plainLevel(x: number, y: number): number {
  return x < 0 || y < 0 ? 0 : x === y ? 2 : 1;
}
