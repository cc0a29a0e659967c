// From a plan's file to the terms of model/: CNY become fen, names are resolved, what is left out gets its plain meaning.

import type { Covenant, Milestone, Plan, Repayment, Source, When } from "#/model/project/terms.ts";
import { listed, meant, shown } from "#/scenarios/complain.ts";
import type { PlanFile, SourceFile, WhenFile } from "#/scenarios/plan_schema.ts";

const fen = (cny: number) => cny * 100;

/** Stops with what is wrong at a dotted path of the plan's file. */
export type Stop = (path: string, text: string) => never;

/**
 * The terms of a plan that fits the schema. Names are resolved here, so that a complaint has the line of who says them.
 *
 * Errors: what `stop` throws for a milestone or use that is not there, a name said twice, and a time said twice or not at all.
 */
export function planOf(file: PlanFile, { name, stop }: { name: string; stop: Stop }): Plan {
  const milestones = file.milestones.map(({ name }) => name), items = file.uses.items.map(({ name }) => name);
  const when = (said: WhenFile, path: string): When => {
    if (said.month !== undefined && said.milestone !== undefined) {
      stop(`${path}.milestone`, "found besides month; allowed is one of the two");
    }
    if (said.milestone !== undefined) {
      if (!milestones.includes(said.milestone)) {
        const allowed = milestones.length === 0
          ? "a milestone of the plan, which states none"
          : listed(milestones);
        stop(
          `${path}.milestone`,
          `found ${shown(said.milestone)}; allowed are ${allowed}${meant(said.milestone, milestones)}`,
        );
      }
      return { milestone: said.milestone };
    }
    return said.month === undefined
      ? stop(path, "found neither month nor milestone; allowed is one of the two")
      : { month: said.month };
  };
  const once = (names: readonly string[], path: (i: number) => string) => {
    for (const [i, one] of names.entries()) {
      if (names.indexOf(one) < i) stop(path(i), `found ${shown(one)} a second time; allowed is once`);
    }
  };
  once(milestones, (i) => `milestones.${i}.name`);
  once(items, (i) => `uses.items.${i}.name`);
  once(file.sources.map(({ name }) => name), (i) => `sources.${i}.name`);
  once(file.contract.map(({ counterparty }) => counterparty), (i) => `contract.${i}.counterparty`);
  return {
    name,
    title: file.title,
    periodMonths: file.periodMonths as Plan["periodMonths"],
    discountRateBps: file.discountRateBps,
    foundersShares: file.foundersShares,
    milestones: file.milestones.map((milestone, i): Milestone => {
      if (milestone.when === "revenue") {
        return {
          name: milestone.name,
          when: "revenue",
          reachesFen: fen(milestone.reachesCny),
          overMonths: milestone.overMonths,
        };
      }
      if (milestone.when === "built") {
        for (const [k, item] of milestone.items.entries()) {
          if (!items.includes(item)) {
            stop(
              `milestones.${i}.items.${k}`,
              `found ${shown(item)}; allowed are the uses ${listed(items)}${meant(item, items)}`,
            );
          }
        }
      }
      return milestone;
    }),
    uses: {
      items: file.uses.items.map((item, i) => ({
        name: item.name,
        amountFen: fen(item.amountCny),
        curveBps: item.curveBps,
        from: when(item, `uses.items.${i}`),
        isCapitalised: item.capitalised,
      })),
      amortisationMonths: file.uses.amortisationMonths,
      runningCosts: {
        perMonthFen: fen(file.uses.runningCosts.perMonthCny),
        fromMonth: file.uses.runningCosts.fromMonth,
      },
      audits: {
        costFen: fen(file.uses.audits.costCny),
        everyMonths: file.uses.audits.everyMonths,
        firstMonth: file.uses.audits.firstMonth,
      },
      rail: file.uses.rail,
    },
    opening: file.opening.map((part, i) => ({ at: when(part, `opening.${i}`), shareBps: part.shareBps })),
    contract: file.contract.map((clause) => ({
      counterparty: clause.counterparty,
      bridgeFeeBps: clause.bridgeFeeBps ?? null,
      marginShareBps: clause.marginShareBps ?? 0,
      avoidedLossShareBps: clause.avoidedLossShareBps ?? 0,
      minimumPerMonthFen: fen(clause.minimumPerMonthCny ?? 0),
    })),
    sources: file.sources.map((source, i) => sourceOf(source, { at: `sources.${i}`, when })),
    workingCapital: file.workingCapital,
    accounts: {
      minimumCashFen: fen(file.accounts.minimumCashCny),
      reserveMonths: file.accounts.reserveMonths,
    },
    distributions: file.distributions,
    covenants: file.covenants.map(({ measure, bound, valueBps, valueCny, fromMonth }): Covenant => ({
      measure,
      bound,
      value: measure === "cash" ? fen(valueCny!) : valueBps!,
      fromMonth,
    })),
    tax: file.tax,
    tail: file.tail,
    sizing: file.sizing,
  };
}

function sourceOf(
  source: SourceFile,
  { at, when }: { at: string; when: (said: WhenFile, path: string) => When },
): Source {
  const amountFen = fen(source.amountCny), { name } = source;
  switch (source.kind) {
    case "vcPreferred":
    case "strategicEquity":
    case "sponsorEquity": {
      const preference = "preference" in source ? source.preference : undefined;
      return {
        kind: source.kind,
        name,
        amountFen,
        preMoneyFen: fen(source.preMoneyCny),
        optionPoolBps: source.optionPoolBps ?? 0,
        preference: preference
          ? { multipleBps: preference.multipleBps, isParticipating: preference.participating }
          : null,
        tranches: source.tranches.map((part, k) => ({
          at: when(part, `${at}.tranches.${k}`),
          shareBps: part.shareBps,
        })),
      };
    }
    case "projectBonds":
    case "bankLoan": {
      const repayment: Repayment = source.repayment === "sculpted"
        ? { shape: "sculpted", targetDscrBps: source.targetDscrBps! }
        : { shape: source.repayment };
      return {
        kind: source.kind,
        name,
        amountFen,
        at: when(source, at),
        rateBps: source.rateBps,
        feeBps: source.feeBps ?? 0,
        tenorMonths: source.tenorMonths,
        graceMonths: source.graceMonths ?? 0,
        isInterestCapitalisedInGrace: source.interestInGrace === "capitalised",
        repayment,
        isRingFenced: source.ringFenced ?? false,
        issuer: source.kind === "projectBonds" ? source.issuer : "project",
        placement: source.kind === "projectBonds" ? source.placement : "private",
      };
    }
    case "drawnLoan":
      return {
        kind: source.kind,
        name,
        amountFen,
        fromMonth: source.fromMonth,
        availableMonths: source.availableMonths,
        rateBps: source.rateBps,
        feeBps: source.feeBps ?? 0,
        commitmentFeeBps: source.commitmentFeeBps ?? 0,
        tenorMonths: source.tenorMonths,
        repayment: { shape: source.repayment },
      };
    case "absCarveOut":
      return {
        kind: source.kind,
        name,
        amountFen,
        at: when(source, at),
        rateBps: source.rateBps,
        feeBps: source.feeBps ?? 0,
        assignedBps: source.assignedBps,
      };
    case "subsidy":
      return { kind: source.kind, name, amountFen, at: when(source, at) };
  }
}
