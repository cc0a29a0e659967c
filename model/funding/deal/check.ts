// What a deal must say before it can run: every name there, one way of stating a fee, a way down for every tranche.

import { epochDay } from "#/model/units/calendar.ts";
import type { Deal, Step } from "./terms.ts";

/**
 * Refuses a deal that cannot mean anything.
 *
 * Errors: `SyntaxError` or `RangeError` with the place in the file, what was found and what is allowed.
 */
export function checkDeal(deal: Deal): void {
  checkDates(deal);
  checkPool(deal);
  for (const [flow, account] of Object.entries(deal.collect)) {
    if (!Object.hasOwn(deal.accounts, account)) {
      throw new SyntaxError(
        `collect.${flow}: ${account} is none of the accounts ${Object.keys(deal.accounts).join(", ")}`,
      );
    }
  }
  for (const [name, { total, perPayment, annualRate, on }] of Object.entries(deal.fees)) {
    const ways = [total, perPayment, annualRate].filter((way) => way !== undefined).length;
    if (ways !== 1 || (annualRate === undefined) !== (on === undefined)) {
      throw new SyntaxError(`fees.${name}: one of total, perPayment, or annualRate with on must state it`);
    }
  }
  checkPhases(deal);
  const steps = Object.values(deal.waterfall).flatMap((list) => list ?? []);
  for (const [name, { balanceCny }] of Object.entries(deal.tranches)) {
    if (balanceCny > 0 && !steps.some((step) => paysDown(step, name))) {
      throw new SyntaxError(`tranches.${name} never amortises: no payPrincipal of the waterfall names it`);
    }
  }
}

const paysDown = (step: Step, name: string) => step.do === "payPrincipal" && step.to.includes(name);

function checkDates(deal: Deal): void {
  const closing = epochDay(deal.closing);
  if (epochDay(deal.maturity) <= closing) {
    throw new RangeError(`maturity: ${deal.maturity} does not come after closing on ${deal.closing}`);
  }
  const first = "dates" in deal.payment ? deal.payment.dates[0] : deal.payment.first;
  if (epochDay(first) < closing) {
    throw new RangeError(`payment: ${first} comes before closing on ${deal.closing}`);
  }
  if (deal.revolvingUntil !== undefined && epochDay(deal.revolvingUntil) <= closing) {
    throw new RangeError(
      `revolvingUntil: ${deal.revolvingUntil} does not come after closing on ${deal.closing}`,
    );
  }
}

function checkPool({ pool }: Deal): void {
  const ways = [pool.flows, pool.loans, pool.fedCny].filter((way) => way !== undefined).length;
  if (ways !== 1) {
    throw new SyntaxError(
      "pool: either flows or loans must be given, not both; or fedCny, for flows of a run",
    );
  }
  if (pool.loans && !pool.collection) throw new SyntaxError("pool.collection: missing; loans need its dates");
  if (pool.flows && pool.collection) {
    throw new SyntaxError("pool.collection: flows have dates of their own; allowed with loans only");
  }
}

function checkPhases(deal: Deal): void {
  const { waterfall, revolvingUntil, triggers } = deal;
  if ((waterfall.revolving === undefined) !== (revolvingUntil === undefined)) {
    throw new SyntaxError("waterfall.revolving and revolvingUntil belong together; one of them is missing");
  }
  for (const [name, { phase }] of Object.entries(triggers)) {
    if (phase !== undefined && waterfall[phase] === undefined) {
      throw new SyntaxError(`triggers.${name}: it leads to ${phase}, and waterfall.${phase} is missing`);
    }
  }
  if (waterfall.cleanUp && !deal.cleanUpCall) {
    throw new SyntaxError("waterfall.cleanUp: cleanUpCall is missing, so that it is never used");
  }
}
