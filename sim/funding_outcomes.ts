// What is read from funding: what each source was owed and cost, notes by class, who lost what, refusals of the register.

import { absTranches } from "#/model/funding/sources/abs.ts";
import type { RegisterEntry } from "#/model/funding/register/entry.ts";
import { sourceNames } from "#/model/funding/sources/registry.ts";
import { isoDate } from "#/model/units/calendar.ts";
import type { FundingTables, Outcome } from "./result.ts";
import type { World } from "./world.ts";

const issuers = ["jd", "ant"] as const;
/** Sources that can be owed something. */
const owedSources = sourceNames.filter((source) => source !== "equity");

/** Adds funding's outcomes. */
export function sayFunding(
  world: World,
  say: (name: string, unit: Outcome["unit"], value: number) => void,
): void {
  const { funding, terms: { factor, days } } = world;
  const cny = (fen: number) => fen * factor / 100;
  for (const [k, issuer] of issuers.entries()) {
    const own = funding.issuers[k];
    for (const source of owedSources) {
      const at = sourceNames.indexOf(source);
      say(`sourceOwed.${issuer}.${source}`, "CNY", cny(own.owedFenDays[at] / days));
      say(`sourceCost.${issuer}.${source}`, "CNY", cny(own.costFen[at]));
    }
    const running = funding.trusts.filter((trust) => trust.issuer === k && !trust.isEnded);
    for (const [at, tranche] of absTranches.entries()) {
      const owedFen = running.reduce((sum, { deal }) => sum + deal.state.tranches[at].balanceFen, 0);
      say(`trancheOwed.${issuer}.${tranche}`, "CNY", cny(owedFen));
      say(`trancheUncovered.${issuer}.${tranche}`, "CNY", cny(own.uncoveredFen[at]));
    }
    say(`trustCollections.${issuer}`, "CNY", cny(own.collectedFen));
    say(`noteLoss.${issuer}`, "CNY", cny(own.noteLossFen));
    say(`jointLoanLoss.${issuer}`, "CNY", cny(own.bankLossFen));
    say(`covenantDays.${issuer}`, "days", own.covenantDays);
  }
  say("earlyAmortisations", "deals", funding.earlyAmortisations);
  say("registerRefusals", "entries", funding.refusals.length);
}

/** The trusts of a run with their deals, and the flows that the accounts brought them; amounts of the simulated shoppers. */
export function fundingTables({ funding, terms: { startEpoch } }: World): FundingTables {
  const date = (day: number) => isoDate(startEpoch + day);
  return {
    trusts: funding.trusts.map((trust) => {
      const { pool, tranches, triggers } = trust.deal.result();
      const flows = pool.map((flow, i) => ({
        date: isoDate(flow.day),
        balanceCny: flow.balanceFen / 100,
        interestCny: flow.interestFen / 100,
        principalCny: flow.principalFen / 100,
        defaultCny: flow.defaultFen / 100,
        recoveryCny: flow.recoveryFen / 100,
        boughtCny: trust.boughtFen[i] / 100,
      }));
      return {
        name: trust.name,
        issuer: issuers[trust.issuer],
        closed: date(trust.closedOn),
        accounts: trust.buckets.length,
        hasEnded: trust.isEnded,
        deal: trust.terms,
        flows,
        tranches: tranches.map(({ name, flows }) => ({
          name,
          payments: flows.map(({ day, interestFen, principalFen, residualFen, balanceFen }) => (
            { date: isoDate(day), interestFen, principalFen, residualFen, balanceFen }
          )),
        })),
        triggers: triggers.filter(({ events }) => events.length > 0).map(({ name, events }) => (
          { name, events: events.map(({ day, fired }) => ({ date: isoDate(day), fired })) }
        )),
      };
    }),
    refusals: funding.refusals.map(({ day, text }) => ({ date: date(day), text })),
    registerHead: funding.register?.head ?? null,
  };
}

/** The chain that a run has written; empty where no source looks at receivables. */
export const registerOf = ({ funding }: World): readonly RegisterEntry[] => funding.register?.entries ?? [];
