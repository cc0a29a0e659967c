// Designating receivables: accounts enter the register, are pledged, sold and given back, hundredth by hundredth.

import { buckets } from "#/model/funding/sources/rules.ts";
import { issuerOf, products } from "#/model/names.ts";
import type { Fen } from "#/model/units/units.ts";
import { looksAtReceivables, receivableOf, register } from "#/sim/funding.ts";
import { lineCount, principalFen } from "#/sim/tables/lines.ts";
import { placeOf } from "#/sim/tables/pool_tally.ts";
import type { World } from "#/sim/world.ts";

/** Who lends on pledged receivables, as the register calls them. */
export const pledgees = {
  bankLine: "line-banks",
  jointLoan: "joint-banks",
  privatePlacement: "qualified-investors",
} as const;

/** The product whose receivables an issuer has. */
export const productOf = (k: number): number =>
  products.findIndex((product) => issuerOf[product] === issuers[k]);

const issuers = ["jd", "ant"] as const;

/** Hundredths of the accounts from a place on; what goes beyond the last one is left out. */
export function partOf(
  { poolFromBps, poolShareBps }: { poolFromBps: number; poolShareBps: number },
): number[] {
  const first = Math.floor(poolFromBps * buckets / 10_000);
  const until = Math.min(buckets, first + Math.max(1, Math.round(poolShareBps * buckets / 10_000)));
  return Array.from({ length: Math.max(0, until - first) }, (_, i) => first + i);
}

/** At the opening: what is owed by hundredth, all of it in the register, and what the line's banks take in pledge. */
export function openPools(world: World): void {
  const { funding, terms, lines } = world, { tally } = funding;
  if (!tally) return;
  for (let line = 0; line < lines.count; line++) tally.balanceFen[placeOf(line)] += principalFen(lines, line);
  for (const [k, it] of terms.funding.entries()) {
    if (!looksAtReceivables(it)) continue;
    const product = productOf(k);
    for (let bucket = 0; bucket < buckets; bucket++) {
      const faceFen = tally.balanceFen[product * buckets + bucket];
      register(funding, {
        kind: "enter",
        receivable: receivableOf(issuers[k], bucket),
        day: 0,
        owner: issuers[k],
        faceFen,
      });
    }
    if (it.jointLoan.active) {
      funding.issuers[k].jointBuckets = pledge(world, k, partOf(it.jointLoan), pledgees.jointLoan);
    }
    pledgeToLine(world, k, Array.from({ length: buckets }, (_, bucket) => bucket));
  }
}

/** The banks of a secured line take in pledge what is the issuer's and free. */
export function pledgeToLine(world: World, k: number, some: readonly number[]): void {
  const { funding, terms } = world, { active, secured } = terms.funding[k].bankLine;
  if (!active || !secured) return;
  const free = some.filter((bucket) => {
    const holding = funding.register!.holding(receivableOf(issuers[k], bucket))!;
    return holding.owner === issuers[k] && holding.pledgee === null;
  });
  pledge(world, k, free, pledgees.bankLine);
}

/** The line's banks let accounts go that are placed elsewhere: what these raise repays the line. */
export function letGo(world: World, k: number, some: readonly number[]): void {
  const pledged = some.filter((bucket) =>
    world.funding.register!.holding(receivableOf(issuers[k], bucket))!.pledgee === pledgees.bankLine
  );
  release(world, k, pledged, pledgees.bankLine);
}

/** The accounts of an issue of notes: each takes those after the one before. */
export const issuePart = (
  abs: { poolFromBps: number; poolShareBps: number },
  number: number,
): number[] => partOf({ ...abs, poolFromBps: abs.poolFromBps + number * abs.poolShareBps });

/** Pledges accounts; returns those that the register let pass. */
function pledge(world: World, k: number, wanted: readonly number[], pledgee: string): number[] {
  return wanted.filter((bucket) =>
    register(world.funding, {
      kind: "pledge",
      receivable: receivableOf(issuers[k], bucket),
      day: Math.max(0, world.today.day),
      owner: issuers[k],
      pledgee,
    })
  );
}

/** Pledges accounts to others than the line's banks, who let them go. */
export function pledgeElsewhere(
  world: World,
  k: number,
  wanted: readonly number[],
  pledgee: string,
): number[] {
  letGo(world, k, wanted);
  return pledge(world, k, wanted, pledgee);
}

/** Gives pledged accounts free. */
export function release(world: World, k: number, pledged: readonly number[], pledgee: string): void {
  for (const bucket of pledged) {
    register(world.funding, {
      kind: "release",
      receivable: receivableOf(issuers[k], bucket),
      day: world.today.day,
      pledgee,
    });
  }
}

/** Sells accounts to a trust, or gives them back; returns those that the register let pass. */
export function transferTo(
  world: World,
  k: number,
  { wanted, owner, to }: { wanted: readonly number[]; owner: string; to: string },
): number[] {
  return wanted.filter((bucket) =>
    register(world.funding, {
      kind: "transfer",
      receivable: receivableOf(issuers[k], bucket),
      day: world.today.day,
      owner,
      to,
    })
  );
}

/** The sum of a column of the tally over some accounts of an issuer. */
export function sumOver(
  column: Float64Array,
  k: number,
  some: readonly number[],
): Fen {
  const at = productOf(k) * buckets;
  let sum = 0;
  for (const bucket of some) sum += column[at + bucket];
  return sum;
}

/** What the banks of a secured line lend on: pledged to them, and not too late. */
export function eligibleFen(world: World, k: number): Fen {
  const { funding } = world, tally = funding.tally!;
  let sum = 0;
  for (let bucket = 0; bucket < buckets; bucket++) {
    if (funding.register!.holding(receivableOf(issuers[k], bucket))?.pledgee !== pledgees.bankLine) continue;
    const at = productOf(k) * buckets + bucket;
    sum += Math.max(0, tally.balanceFen[at] - tally.lateFen[at]);
  }
  return sum;
}

/** Counts by hundredth what is too late to be lent on. */
export function tallyLate({ funding, arrears, lines, today, terms }: World): void {
  const { tally } = funding;
  if (!tally) return;
  tally.lateFen.fill(0);
  for (let at = 0; at < arrears.length; at++) {
    const line = arrears.lines[at], { bankLine } = terms.funding[line % lineCount];
    if (today.day - lines.oldestDue[line] > bankLine.eligibleDpd) {
      tally.lateFen[placeOf(line)] += principalFen(lines, line);
    }
  }
}
