// The actions of a waterfall: each moves cash from one named place to another, never more than there is.

import { civil } from "#/model/units/calendar.ts";
import { fenOf, proRata, wholeFen } from "./money.ts";
import type { Names } from "./names.ts";
import { type AccountState, type DealState, targetFen, type TrancheState } from "./state.ts";
import type { Deal, Step } from "./terms.ts";

/** An action that is ready to run on a payment date. */
export type Action = (state: DealState) => void;

type Of<Name extends Step["do"]> = Extract<Step, { do: Name }>;

/** What the actions of a deal are made of. */
interface Making {
  deal: Deal;
  names: Names;
  place: string;
}

/**
 * The actions of a list of steps.
 *
 * Shapes: `place` is how errors name the list. Errors: `SyntaxError` for a name or a formula that cannot be read and
 * `RangeError` for shares that do not sum to 1, each with the step's place.
 */
export function actionsOf(steps: readonly Step[], making: Making): Action[] {
  return steps.map((step, i) => {
    const place = `${making.place}[${i}] (${step.do})`;
    const action = actionOf(step, { ...making, place });
    if (step.if === undefined) return action;
    const holds = making.names.formula(step.if, { place: `${place}.if`, kind: "truth" });
    const test = guarded(holds.read, `${place}.if`);
    return (state) => {
      if (test(state)) action(state);
    };
  });
}

/** Works a formula out, or stops with its place and the date. */
export function guarded(read: (state: DealState) => number, place: string): (state: DealState) => number {
  return (state) => {
    let value: number;
    try {
      value = read(state);
    } catch (error) {
      throw new RangeError(`${place} cannot be evaluated on ${dateOf(state)}: ${(error as Error).message}`);
    }
    if (!Number.isFinite(value)) {
      throw new RangeError(`${place} cannot be evaluated on ${dateOf(state)}: it is ${value}`);
    }
    return value;
  };
}

const dateOf = ({ day }: DealState) => {
  const { year, month, dayOfMonth } = civil(day);
  return `${year}-${String(month).padStart(2, "0")}-${String(dayOfMonth).padStart(2, "0")}`;
};

function actionOf(step: Step, making: Making): Action {
  switch (step.do) {
    case "payFees":
      return payFees(step, making);
    case "payInterest":
      return payInterest(step, making);
    case "payPrincipal":
      return payPrincipal(step, making);
    case "payResidual":
      return payResidual(step, making);
    case "transfer":
      return transfer(step, making);
    case "draw":
      return draw(step, making);
    case "drawForInterest":
      return drawForInterest(step, making);
    case "repay":
      return repay(step, making);
    case "buyReceivables":
      return buyReceivables(step, making);
  }
}

/** The places of names in a group of the deal. Errors: `SyntaxError` naming the step, the name and what there is. */
function placesOf(
  names: readonly string[],
  group: "tranches" | "accounts" | "fees" | "lines",
  making: Making,
) {
  const there = Object.keys(making.deal[group]);
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) throw new SyntaxError(`${making.place}: ${twice} is named twice`);
  return names.map((name) => {
    const at = there.indexOf(name);
    if (at < 0) {
      throw new SyntaxError(
        `${making.place}: ${name} is none of the deal's ${group}: ${there.join(", ") || "it has none"}`,
      );
    }
    return at;
  });
}

/** How much of the account's cash an action may use: all of it, or up to its formula. */
function budgetOf({ from, amount }: { from: string; amount?: string | number }, making: Making) {
  const [account] = placesOf([from], "accounts", making);
  const most = amount === undefined ? undefined : amountOf(amount, making);
  return (state: DealState) => {
    const { balanceFen } = state.accounts[account];
    return { account: state.accounts[account], fen: most ? Math.min(balanceFen, most(state)) : balanceFen };
  };
}

/** A formula of CNY in whole fen, zero where it is negative. */
function amountOf(amount: string | number, { names, place }: Making): (state: DealState) => number {
  const { read } = names.formula(amount, { place: `${place}.amount` });
  const value = guarded(read, `${place}.amount`);
  return (state) => Math.max(0, wholeFen(value(state) * 100));
}

function sharesOf(
  { to, shares }: { to: readonly string[]; shares?: Record<string, number> },
  { place }: Making,
): number[] {
  if (!shares) {
    throw new SyntaxError(`${place}: ${to.length} are paid by shares and none are given`);
  }
  const strange = Object.keys(shares).find((name) => !to.includes(name));
  if (strange !== undefined) throw new SyntaxError(`${place}: shares name ${strange}, who is not paid here`);
  const found = to.map((name) => shares[name] ?? 0), sum = found.reduce((a, b) => a + b, 0);
  if (Math.abs(sum - 1) > 1e-9) {
    throw new RangeError(
      `${place}: shares must sum to 1: ${to.join(", ")} sum to ${Number(sum.toFixed(10))}`,
    );
  }
  return found.map((share) => Math.round(share * 1e9));
}

/** Cash leaves the deal. */
function pay(state: DealState, account: AccountState, fen: number): void {
  account.balanceFen -= fen;
  state.cashOutFen += fen;
}

/** A share of what is left for one who earns a fee, however much is due. */
function payBeyond(step: Of<"payFees">, making: Making): Action {
  const fees = placesOf(step.fees, "fees", making), budget = budgetOf(step, making);
  if (fees.length !== 1) throw new SyntaxError(`${making.place}: beyondDue pays one fee, not ${fees.length}`);
  return (state) => {
    const { account, fen } = budget(state), fee = state.fees[fees[0]];
    fee.beyondFen += fen;
    fee.paidTodayFen += fen;
    pay(state, account, fen);
  };
}

function payFees(step: Of<"payFees">, making: Making): Action {
  if (step.beyondDue) return payBeyond(step, making);
  const fees = placesOf(step.fees, "fees", making), budget = budgetOf(step, making);
  const caps = step.fees.map((name) => {
    const { capPerPaymentCny, capPerYearCny } = making.deal.fees[name];
    return [capPerPaymentCny, capPerYearCny].map((cny) => cny === undefined ? Infinity : fenOf(cny));
  });
  return (state) => {
    const { account, fen } = budget(state);
    const claims = fees.map((i, k) => {
      const fee = state.fees[i], [perPayment, perYear] = caps[k];
      const room = Math.min(perPayment - fee.paidTodayFen, perYear - fee.paidThisYearFen);
      return Math.max(0, Math.min(fee.dueFen, room));
    });
    for (const [k, paid] of proRata(fen, claims).entries()) {
      const fee = state.fees[fees[k]];
      fee.dueFen -= paid;
      fee.paidFen += paid;
      fee.paidThisYearFen += paid;
      fee.paidTodayFen += paid;
      pay(state, account, paid);
    }
  };
}

const takeInterest = (tranche: TrancheState, fen: number) => {
  tranche.dueFen -= fen;
  tranche.overdueFen = Math.max(0, tranche.overdueFen - fen);
  tranche.onUnpaidFen = Math.max(0, tranche.onUnpaidFen - fen);
  tranche.interestPaidFen += fen;
};

function payInterest(step: Of<"payInterest">, making: Making): Action {
  const tranches = placesOf(step.to, "tranches", making), budget = budgetOf(step, making);
  return (state) => {
    const { account, fen } = budget(state);
    const paid = proRata(fen, tranches.map((i) => state.tranches[i].dueFen));
    for (let k = 0; k < paid.length; k++) {
      takeInterest(state.tranches[tranches[k]], paid[k]);
      pay(state, account, paid[k]);
    }
  };
}

function payPrincipal(step: Of<"payPrincipal">, making: Making): Action {
  const tranches = placesOf(step.to, "tranches", making), budget = budgetOf(step, making);
  const shares = step.by === "shares" ? sharesOf(step, making) : undefined;
  if (step.shares && !shares) throw new SyntaxError(`${making.place}: shares are given but by is ${step.by}`);
  const toTarget = step.downTo === "target";
  return (state) => {
    const { account, fen } = budget(state);
    const claims = tranches.map((i) => {
      const tranche = state.tranches[i];
      return Math.max(0, tranche.balanceFen - (toTarget ? targetFen(tranche, state.day) : 0));
    });
    const paid = shares
      ? byShares(fen, claims, shares)
      : step.by === "proRata"
      ? proRata(fen, claims)
      : inOrder(fen, claims);
    for (let k = 0; k < paid.length; k++) {
      const tranche = state.tranches[tranches[k]];
      tranche.balanceFen -= paid[k];
      tranche.principalPaidFen += paid[k];
      pay(state, account, paid[k]);
    }
  };
}

/** Pays claims one after the other. */
function inOrder(fen: number, claims: readonly number[]): number[] {
  let left = fen;
  return claims.map((claim) => {
    const paid = Math.min(left, claim);
    left -= paid;
    return paid;
  });
}

/** Pays by fixed shares; what one cannot take goes to the others in order. */
function byShares(fen: number, claims: readonly number[], shares: readonly number[]): number[] {
  const wanted = proRata(fen, shares.map((share) => share * fen));
  const paid = claims.map((claim, k) => Math.min(claim, wanted[k]));
  let left = fen - paid.reduce((sum, it) => sum + it, 0);
  for (let k = 0; k < claims.length && left > 0; k++) {
    const more = Math.min(left, claims[k] - paid[k]);
    paid[k] += more;
    left -= more;
  }
  return paid;
}

function payResidual(step: Of<"payResidual">, making: Making): Action {
  const tranches = placesOf(step.to, "tranches", making), budget = budgetOf(step, making);
  const shares = step.to.length === 1 && !step.shares ? [1] : sharesOf(step, making);
  return (state) => {
    const { account, fen } = budget(state);
    if (fen === 0) return;
    const paid = shares.length === 1 ? [fen] : byShares(fen, shares.map(() => fen), shares);
    for (let k = 0; k < paid.length; k++) {
      state.tranches[tranches[k]].residualPaidFen += paid[k];
      pay(state, account, paid[k]);
    }
  };
}

function transfer(step: Of<"transfer">, making: Making): Action {
  const [into] = placesOf([step.into], "accounts", making), budget = budgetOf(step, making);
  if (step.from === step.into) throw new SyntaxError(`${making.place}: from and into are both ${step.from}`);
  return (state) => {
    const { account, fen } = budget(state);
    account.balanceFen -= fen;
    state.accounts[into].balanceFen += fen;
  };
}

/** Draws up to an amount; gives what the line lent. */
function lend(state: DealState, at: number, wantedFen: number): number {
  const line = state.lines[at], fen = Math.min(wantedFen, line.availableFen);
  line.availableFen -= fen;
  line.drawnFen += fen;
  line.everDrawnFen += fen;
  state.cashInFen += fen;
  return fen;
}

function draw(step: Of<"draw">, making: Making): Action {
  const [line] = placesOf([step.line], "lines", making), [into] = placesOf([step.into], "accounts", making);
  const wanted = amountOf(step.amount, making);
  return (state) => {
    state.accounts[into].balanceFen += lend(state, line, wanted(state));
  };
}

function drawForInterest(step: Of<"drawForInterest">, making: Making): Action {
  const [line] = placesOf([step.line], "lines", making), tranches = placesOf(step.to, "tranches", making);
  const most = step.amount === undefined ? undefined : amountOf(step.amount, making);
  return (state) => {
    const claims = tranches.map((i) => state.tranches[i].dueFen);
    const due = claims.reduce((sum, claim) => sum + claim, 0);
    const lent = lend(state, line, most ? Math.min(due, most(state)) : due);
    for (const [k, fen] of proRata(lent, claims).entries()) takeInterest(state.tranches[tranches[k]], fen);
    state.cashOutFen += lent;
  };
}

function repay(step: Of<"repay">, making: Making): Action {
  const [at] = placesOf([step.line], "lines", making), budget = budgetOf(step, making);
  const { replenishes } = making.deal.lines[step.line];
  return (state) => {
    const { account, fen } = budget(state), line = state.lines[at];
    const paid = Math.min(fen, step.what === "interest" ? line.dueFen : line.drawnFen);
    if (step.what === "interest") line.dueFen -= paid;
    else {
      line.drawnFen -= paid;
      line.everRepaidFen += paid;
      if (replenishes) line.availableFen += paid;
    }
    pay(state, account, paid);
  };
}

function buyReceivables(step: Of<"buyReceivables">, making: Making): Action {
  const { purchase: bought, flows, fedCny } = making.deal.pool, budget = budgetOf(step, making);
  // Receivables of a run, and of flows that say what was bought, change hands at face.
  const fed = fedCny !== undefined || flows?.some(({ boughtCny }) => boughtCny !== undefined);
  const purchase = fed ? { price: bought?.price ?? 1 } : flows ? undefined : bought;
  if (!purchase) {
    throw new SyntaxError(`${making.place}: pool.purchase and pool.loans must say what is bought`);
  }
  return (state) => {
    const { account, fen } = budget(state);
    const bought = Math.min(state.buyableFen, wholeFen(fen / purchase.price));
    if (bought === 0) return;
    const cost = Math.min(fen, Math.ceil(bought * purchase.price - 1e-6));
    state.buy(bought);
    state.purchasedFen += cost;
    pay(state, account, cost);
  };
}
