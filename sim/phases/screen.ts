// Screen: what the issuer of a line knows of an attempt, and what the fraud rules make of it.

import { typologies } from "#/model/fraud/typologies/registry.ts";
import { assess, verdict } from "#/model/fraud/screening/assess.ts";
import { dataCategory } from "#/model/fraud/screening/facts.ts";
import { reason } from "#/model/reasons.ts";
import { lineCount } from "#/sim/tables/lines.ts";
import { mark } from "#/sim/tables/shoppers.ts";
import type { World } from "#/sim/world.ts";
import { issuerAt } from "./clear.ts";
import { ringOf } from "./plot.ts";
import { readsLocation } from "./recognise.ts";
import type { Want } from "./want.ts";

const dayMinutes = 1_440;
const listedBy = [mark.listedByJd, mark.listedByAnt];

/**
 * The verdict of the rules on this attempt: pass, challenge or refuse; `desk.assessment` names the rule. `k` is the place of
 * this want among the shopper's wants of the day.
 */
export function screenAttempt(world: World, want: Want, k: number, product: number): number {
  const { desk, terms, shoppers, lines, merchants, today } = world;
  const { facts, assessment } = desk, i = want.shopper, { fraud } = terms;
  if (!fraud.screens) {
    assessment.reason = reason.none;
    return verdict.pass;
  }
  const minute = today.day * dayMinutes + want.minute;
  // What the other side has seen of the account is known only of people whom it may recognise.
  const joint = fraud.sharedSight && want.linked;
  const sees = joint ? (1 << lineCount) - 1 : 1 << product;
  let attempts = 1, sinceLast = dayMinutes, todayFen = want.amountFen;
  for (let before = k - 1; before >= 0; before--) {
    const other = desk.wants[before];
    if (!(other.tried & sees)) continue;
    todayFen += other.boughtFen;
    const minutes = want.minute - other.minute;
    if (minutes < sinceLast) sinceLast = minutes;
    if (minutes < fraud.velocityWindowMinutes) attempts++;
  }
  want.tried |= 1 << product;
  const issuer = issuerAt[product];
  const isListed =
    (shoppers.marks[i] & (joint ? mark.listedByJd | mark.listedByAnt : listedBy[issuer])) !== 0;
  const riskBps = merchants.bad[want.merchant] * 10_000 / (merchants.sales[want.merchant] + 50);
  const hasLocation = fraud.points.distance > 0 && readsLocation(world, i, product, minute);
  // Most attempts give no rule anything to look at: they pass without being laid before each.
  if (
    attempts === 1 && want.newDevice === 0 && !isListed && want.distanceKm <= fraud.quietKm &&
    todayFen < fraud.amountFloorFen && riskBps <= fraud.merchantRiskMaxBps && want.plot === 0 && !world.trace
  ) {
    assessment.reason = reason.none;
    return verdict.pass;
  }
  facts.mayUse = hasLocation
    ? dataCategory.account | dataCategory.device | dataCategory.location
    : dataCategory.account | dataCategory.device;
  facts.attemptsInWindow = attempts;
  facts.hasLocation = hasLocation ? 1 : 0;
  facts.distanceKm = want.distanceKm;
  facts.minutesSinceLast = sinceLast;
  facts.newDevice = want.newDevice;
  facts.accountsOnDevice = 1;
  facts.blacklisted = isListed ? 1 : 0;
  if (want.plot === typologies.deviceRing.code) seeRing(world, i, issuer);
  // Small parts of one large purchase are one amount.
  facts.amountFen = todayFen;
  facts.usualFen = lines.usualFen[i * lineCount + product];
  facts.merchantRiskBps = riskBps;
  return assess(facts, fraud.active, fraud, assessment);
}

/** A ring's device: how many of its accounts this screener has seen on it, and whether the device is on a list it sees. */
function seeRing(world: World, i: number, issuer: number): void {
  const { terms, desk: { facts }, rings } = world;
  const ring = ringOf(world, i);
  // Telephones are no secret between platforms that share what they see: nobody has to be recognised for that.
  const platforms = terms.fraud.sharedSight ? [0, 1] : [issuer];
  const of = rings.get(ring) ?? { accounts: [new Set<number>(), new Set<number>()], listed: [false, false] };
  rings.set(ring, of);
  of.accounts[issuer].add(i);
  facts.accountsOnDevice = platforms.length === 1
    ? of.accounts[issuer].size
    : new Set([...of.accounts[0], ...of.accounts[1]]).size;
  if (platforms.some((platform) => of.listed[platform])) facts.blacklisted = 1;
}
