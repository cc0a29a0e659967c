// What no single key can say: parts that must sum, order, divide or exist on the calendar.

import { products } from "#/model/names.ts";
import { epochDay } from "#/model/units/calendar.ts";
import { messagesToFinality } from "#/model/identity/shared_ledger/terms.ts";
import type { Scenario } from "#/scenarios/schema.ts";

/** A fault between keys: the dotted path to name, and what was found and is allowed. */
export interface Fault {
  path: string;
  text: string;
}

/** When the steps of the contingency plan are entered, mildest first. */
const contingencyDays = [
  "drawUnusedDays",
  "tightenOffersDays",
  "throttleDays",
  "stopDays",
  "placeReceivablesDays",
] as const;

const sum = (numbers: readonly number[]) => numbers.reduce((total, n) => total + n, 0);

/**
 * The faults of a scenario that fits the schema, in the order of its keys; none when it can be run.
 *
 * Shapes: a whole scenario. Rules: parts of a whole sum to 10000 bps, floors are not above caps, openings come before
 * closings, lists that go together are equally long, dates exist, shoppers divide the people they stand for.
 */
export function faults(scenario: Scenario): Fault[] {
  const { world, population, demand, credit, macro, clearing, project, rulebook, shocks, identity, fraud } =
    scenario;
  const { provisions, cobrand, sharing } = scenario;
  const found: Fault[] = [];
  const unless = (holds: boolean, path: string, text: () => string) => {
    if (!holds) found.push({ path, text: text() });
  };
  const mustSum = (parts: readonly number[], path: string, what: string) =>
    unless(
      sum(parts) === 10_000,
      path,
      () => `found ${what} that sum to ${sum(parts)}; allowed is a sum of 10000`,
    );
  const atMost = (a: number, b: number, path: string, what: string) =>
    unless(
      a + b <= 10_000,
      path,
      () => `found ${a} + ${b} = ${a + b} with ${what}; allowed are 10000 together`,
    );
  const date = (iso: string, path: string) =>
    unless(dateExists(iso), path, () => `found ${iso}, which is no day; ${daysBeside(iso)}`);

  date(world.startDate, "world.startDate");
  unless(
    world.calibration !== "world2019" || world.startDate.startsWith("2019-"),
    "world.calibration",
    () =>
      `found world2019 with a start on ${world.startDate}; its targets need a start in 2019, else uncalibrated`,
  );
  const mustDivide = (shoppers: number, path: string, bound: { most: number }) =>
    unless(world.people % shoppers === 0, path, () => {
      const near = divisorsNear(world.people, shoppers, bound);
      const hint = near.length === 0 ? "" : `; the nearest that do are ${near.join(" and ")}`;
      return `found ${shoppers}, which does not divide world.people ${world.people} into whole factors${hint}`;
    });
  mustDivide(world.shoppers, "world.shoppers", { most: 50_000_000 });
  mustDivide(world.history.shoppers, "world.history.shoppers", { most: 200_000 });
  atMost(population.tier1Bps, population.tier2Bps, "population.tier2Bps", "population.tier1Bps");
  mustSum(Object.values(demand.categories).map((c) => c.weightBps), "demand.categories", "weightBps");
  atMost(demand.waitBps, demand.leaveBps, "demand.leaveBps", "demand.waitBps");
  for (const name of products) {
    const terms = credit[name];
    unless(
      terms.limitFloorCny <= terms.limitCapCny,
      `credit.${name}.limitFloorCny`,
      () => `found ${terms.limitFloorCny}; allowed is at most limitCapCny ${terms.limitCapCny}`,
    );
  }
  unless(
    provisions.stage2FromDpd <= provisions.stage3FromDpd,
    "provisions.stage2FromDpd",
    () => `found ${provisions.stage2FromDpd}; allowed is at most stage3FromDpd ${provisions.stage3FromDpd}`,
  );
  atMost(
    provisions.rolls.writtenOffBps,
    provisions.rolls.curedBps,
    "provisions.rolls.curedBps",
    "provisions.rolls.writtenOffBps",
  );
  unless(
    macro.unemploymentBps.length === macro.incomeGrowthBps.length,
    "macro.incomeGrowthBps",
    () =>
      `found ${macro.incomeGrowthBps.length} quarters; ` +
      `allowed are as many as unemploymentBps has, ${macro.unemploymentBps.length}`,
  );
  for (const [i, minute] of clearing.windowMinutes.entries()) {
    unless(
      i === 0 || minute > clearing.windowMinutes[i - 1],
      `clearing.windowMinutes.${i}`,
      () => `found ${minute} after ${clearing.windowMinutes[i - 1]}; allowed are minutes in ascending order`,
    );
  }
  unless(
    new Set(cobrand.rails).size === cobrand.rails.length,
    "cobrand.rails",
    () => `found ${cobrand.rails.join(", ")}; allowed is each rail once`,
  );
  const { sharedLedger } = identity, agreementSeconds = messagesToFinality * sharedLedger.latencySeconds;
  unless(
    agreementSeconds <= sharedLedger.blockIntervalMinutes * 60,
    "identity.sharedLedger.blockIntervalMinutes",
    () =>
      `found ${sharedLedger.blockIntervalMinutes} with a latency of ${sharedLedger.latencySeconds} seconds; an ` +
      `agreement takes ${agreementSeconds} seconds, so allowed is ${
        Math.ceil(agreementSeconds / 60)
      } or more`,
  );
  for (const [issuer, { abs }] of Object.entries(scenario.funding)) {
    const path = `funding.${issuer}.abs.mezzanineBps`;
    atMost(abs.seniorBps, abs.mezzanineBps, path, `funding.${issuer}.abs.seniorBps`);
  }
  unless(
    fraud.challengeFromPoints <= fraud.refuseFromPoints,
    "fraud.challengeFromPoints",
    () => `found ${fraud.challengeFromPoints}; allowed is at most refuseFromPoints ${fraud.refuseFromPoints}`,
  );
  for (const [name, { opensMinute, closesMinute }] of Object.entries(clearing.rails)) {
    unless(
      opensMinute < closesMinute,
      `clearing.rails.${name}.opensMinute`,
      () => `found ${opensMinute}; allowed is less than closesMinute ${closesMinute}`,
    );
  }
  unless(
    clearing.rails.dns.opensMinute < clearing.windowMinutes[0],
    "clearing.rails.dns.opensMinute",
    () =>
      `found ${clearing.rails.dns.opensMinute}; allowed is less than the first window ${
        clearing.windowMinutes[0]
      }`,
  );
  if (sharing.rule === "layered") {
    unless(
      sharing.attachmentBps <= sharing.detachmentBps,
      "sharing.detachmentBps",
      () => `found ${sharing.detachmentBps}; allowed is at least attachmentBps ${sharing.attachmentBps}`,
    );
  }
  mustSum(project.capexCurveBps, "project.capexCurveBps", "parts");
  date(rulebook.allInCostCapFrom, "rulebook.allInCostCapFrom");
  for (const [name, { from, until }] of Object.entries(rulebook.rules)) {
    date(from, `rulebook.rules.${name}.from`);
    if (until === undefined) continue;
    date(until, `rulebook.rules.${name}.until`);
    unless(
      from <= until,
      `rulebook.rules.${name}.until`,
      () => `found ${until}; allowed is ${from}, on which the rule begins, or a day after it`,
    );
  }
  const { contingency } = scenario.treasury;
  for (const [i, step] of contingencyDays.entries()) {
    if (i === 0) continue;
    const before = contingencyDays[i - 1];
    unless(
      contingency[step] <= contingency[before],
      `treasury.contingency.${step}`,
      () => `found ${contingency[step]}; allowed is at most ${before} ${contingency[before]}`,
    );
  }
  for (const [i, shock] of shocks.entries()) {
    unless(
      shock.fromDay < shock.untilDay,
      `shocks.${i}.untilDay`,
      () => `found ${shock.untilDay}; allowed is more than fromDay ${shock.fromDay}`,
    );
    if (shock.event === "participant-outage") {
      unless(
        shock.fromMinute < shock.untilMinute,
        `shocks.${i}.untilMinute`,
        () => `found ${shock.untilMinute}; allowed is more than fromMinute ${shock.fromMinute}`,
      );
    }
    if ("participant" in shock) {
      const bank = Number(/^bank-(\d+)$/.exec(shock.participant)?.[1] ?? 0);
      unless(
        bank <= clearing.banks,
        `shocks.${i}.participant`,
        () => `found ${shock.participant}; the run has bank-1 to bank-${clearing.banks} (clearing.banks)`,
      );
    }
  }
  return found;
}

function dateExists(iso: string): boolean {
  if (days.has(iso)) return true;
  try {
    epochDay(iso);
  } catch {
    return false;
  }
  // A sweep asks for the same days at each of its points.
  if (days.size < 10_000) days.add(iso);
  return true;
}

const days = new Set<string>();

/** What would have been a day: the days of the month that was meant, or the months where there is none such. */
function daysBeside(iso: string): string {
  const month = iso.slice(0, 7);
  const last = [31, 30, 29, 28].find((day) => dateExists(`${month}-${day}`));
  return last === undefined ? "allowed are months 01 to 12" : `allowed in ${month} are days 01 to ${last}`;
}

/**
 * The divisors of a number of people next to a number of shoppers, at most one below and one above, from 100 to `most`.
 *
 * Shapes: `people` at least 1. Tries each whole number up to the square root: 100,000 of them for 10 billion people.
 *
 * @example
 * ```ts
 * import { divisorsNear } from "#/scenarios/checks.ts";
 * import assert from "node:assert/strict";
 * assert.deepEqual(divisorsNear(1_000_000, 3_000, { most: 50_000_000 }), [2_500, 3_125]);
 * ```
 */
export function divisorsNear(people: number, shoppers: number, { most }: { most: number }): number[] {
  let below = 0, above = Infinity;
  for (let n = 1; n * n <= people; n++) {
    if (people % n !== 0) continue;
    for (const divisor of [n, people / n]) {
      if (divisor < 100 || divisor > most) continue;
      if (divisor < shoppers) below = Math.max(below, divisor);
      if (divisor > shoppers) above = Math.min(above, divisor);
    }
  }
  return [below, above].filter((n) => n > 0 && n < Infinity);
}
