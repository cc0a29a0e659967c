// What is read of rules and treasuries: refusals and trims by rule, breaches, gauges at their worst, steps taken, warnings judged.

import { contingencySteps } from "#/model/funding/treasury/contingency.ts";
import { indicators, type WarningQuality, warningQuality } from "#/model/funding/treasury/warnings.ts";
import { followedRules, refusingRules, trimmingRules } from "#/model/rulebook/registry.ts";
import type { Outcome } from "./result.ts";
import { told } from "./recorder.ts";
import { breachOf, lenders, ruleAt } from "./rulebook.ts";
import { survivalHorizons } from "./treasury.ts";
import type { World } from "./world.ts";

type Say = (name: string, unit: Outcome["unit"], value: number) => void;

/** Outcomes by rule. Breaches, days and cures of both lenders together. */
export function sayRules(world: World, say: Say): void {
  const { rules, terms: { factor } } = world;
  for (const name of refusingRules) {
    say(`ruleRefused.${name}`, "purchases", rules.refused[ruleAt(name)] * factor);
  }
  for (const name of trimmingRules) {
    say(`ruleTrimmed.${name}`, "CNY", rules.trimmedFen[ruleAt(name)] * factor / 100);
  }
  for (const name of followedRules) {
    const breaches = lenders.map((_, k) => breachOf(world, name, k));
    const sum = (of: "breaches" | "cured" | "overrun") => breaches.reduce((all, it) => all + it[of], 0);
    say(`ruleBreachDays.${name}`, "days", rules.breachDays[ruleAt(name)]);
    say(`ruleStopDays.${name}`, "days", rules.stopDays[ruleAt(name)]);
    say(`ruleBreaches.${name}`, "breaches", sum("breaches"));
    say(`ruleCured.${name}`, "breaches", sum("cured"));
    say(`ruleOverrun.${name}`, "breaches", sum("overrun"));
  }
}

/** Outcomes of the treasuries. */
export function sayTreasuries(world: World, say: Say): void {
  const { treasury, terms, recorder } = world, { factor } = terms, places = indicators.length + 1;
  for (const [k, issuer] of lenders.entries()) {
    const { errorCount, errorSum } = treasury;
    say(`forecastError.${issuer}`, "share", errorCount[k] > 0 ? errorSum[k] / errorCount[k] : 0);
    say(`survivalLeast.${issuer}`, "days", treasury.leastDays[k]);
    for (const [h, horizon] of survivalHorizons.entries()) {
      const belowDays = treasury.belowDays[k * survivalHorizons.length + h];
      say(`survivalBelow${horizon}.${issuer}`, "days", belowDays);
    }
    say(`lcrLeast.${issuer}`, "share", treasury.leastLcr[k]);
    say(`nsfrLeast.${issuer}`, "share", treasury.leastNsfr[k]);
    say(`alarmDays.${issuer}`, "days", treasury.warnedDays[k * places + indicators.length]);
  }
  for (const [i, name] of indicators.entries()) {
    const days = lenders.reduce((sum, _, k) => sum + treasury.warnedDays[k * places + i], 0);
    say(`warnedDays.${name}`, "days", days);
  }
  for (const [step, name] of contingencySteps.entries()) {
    if (step === 0) continue;
    const days = lenders.reduce(
      (sum, _, k) => sum + treasury.stepDays[k * contingencySteps.length + step],
      0,
    );
    say(`contingencyDays.${name}`, "days", days);
  }
  const judged = lenders.map((issuer) => judgedAlarm(world, issuer));
  const sum = (of: "shortfalls" | "hits" | "misses" | "falseAlarms") =>
    judged.reduce((all, it) => all + it[of], 0);
  say("warningShortfalls", "count", sum("shortfalls"));
  say("warningHits", "count", sum("hits"));
  say("warningMisses", "count", sum("misses"));
  say("falseAlarms", "count", sum("falseAlarms"));
  const leads = judged.flatMap(({ leadDays }) => leadDays);
  say("warningLeadDays", "days", leads.length > 0 ? leads.reduce((a, b) => a + b, 0) / leads.length : 0);
  const placed = lenders.map((issuer) => Math.max(0, ...told(recorder, `placed.${issuer}`, factor)));
  say("placedPeak", "CNY", placed.reduce((a, b) => a + b, 0));
}

/** The alarm of an issuer held against the days on which its money could not fund what was asked. */
function judgedAlarm({ recorder, terms }: World, issuer: string): WarningQuality {
  const column = (name: string) => told(recorder, `${name}.${issuer}`, terms.factor);
  return warningQuality(
    column("alarm").map((it) => it > 0),
    column("fundable").map((share) => share < 1),
    terms.treasury.warn,
  );
}
