// Comply: tonight's books are held against the rule book; breaches that nobody acted for are followed to their cure.

import { followBreach } from "#/model/rulebook/breach.ts";
import { isPast, type Measured, ratioOf } from "#/model/rulebook/leverage.ts";
import { type FollowedRule, followedRules } from "#/model/rulebook/registry.ts";
import { binds, breachOf, lenders, ruleAt } from "#/sim/rulebook.ts";
import { jointFen, leverageOf } from "#/sim/funding_position.ts";
import { record } from "#/sim/recorder.ts";
import type { World } from "#/sim/world.ts";

/** Follows every rule that can be broken without an act. */
export function comply(world: World): void {
  const { rules, today, recorder, terms } = world;
  for (let k = 0; k < lenders.length; k++) {
    for (const name of followedRules) {
      const measured = measure(world, name, k), bound = binds(world, name, k);
      if (name !== "jointLoanShare" || k === 0) {
        record(recorder, today.day, `ruleRatio.${name}.${lenders[k]}`, "plain", ratioOf(measured));
      }
      const breach = followBreach(
        breachOf(world, name, k),
        { day: today.day, isPast: bound && isPast(measured) },
        terms.scenario.rulebook.rules[name],
      );
      const isBroken = breach.since >= 0;
      if (isBroken) rules.breachDays[ruleAt(name)]++;
      if (breach.isStopped) rules.stopDays[ruleAt(name)]++;
      if (bound) record(recorder, today.day, `ruleBreach.${name}.${lenders[k]}`, "plain", isBroken ? 1 : 0);
    }
  }
}

/** What a rule holds against its bound tonight. */
function measure(world: World, name: FollowedRule, k: number): Measured {
  const { mostBps } = world.terms.scenario.rulebook.rules[name], { partnerBanks } = world.terms.rulebook;
  switch (name) {
    case "bankLeverage":
    case "bondLeverage": {
      const { bankFen, bondFen, netAssetsFen } = leverageOf(world, k);
      return { owedFen: name === "bankLeverage" ? bankFen : bondFen, baseFen: netAssetsFen, mostBps };
    }
    case "partnerShare":
      return { owedFen: jointFen(world, k), baseFen: partnerBanks.tierOneFen, mostBps };
    case "jointLoanShare":
      return { owedFen: jointFen(world, 0) + jointFen(world, 1), baseFen: partnerBanks.loansFen, mostBps };
  }
}
