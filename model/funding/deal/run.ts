// Running an ABS deal: pool cash in, waterfall out, period by period, with cash in equal to cash out to the fen.

import { civil, epochDay, isoDate } from "#/model/units/calendar.ts";
import { credit, earn } from "./account_interest.ts";
import { checkDeal } from "./check.ts";
import { daysOf } from "./dates.ts";
import { fenOf, wholeFen } from "./money.ts";
import { Names } from "./names.ts";
import { type Pool, type PoolFlow, poolOf } from "./pool.ts";
import { type DealResult, Recorder } from "./result.ts";
import { type DealState, openState } from "./state.ts";
import { type Action, actionsOf, guarded } from "./steps.ts";
import { type Deal, type DealInput, dealSchema, type Phase, phases } from "./terms.ts";

type Test = "afterCollection" | "beforePayment" | "afterPayment";

interface ReadyTrigger {
  test: Test;
  holds: (state: DealState) => number;
  curable: boolean;
  phase?: Phase;
}

interface ReadyFee {
  accrue: (state: DealState, days: number) => void;
}

/** A deal whose every name and formula has been read. */
export interface ReadyDeal {
  deal: Deal;
  waterfalls: Record<Phase, Action[]>;
  cleanUp: Action[] | undefined;
  call: ((state: DealState) => number) | undefined;
  triggers: ReadyTrigger[];
  fees: ReadyFee[];
  collectInto: Record<"interest" | "principal" | "prepayment" | "recovery", number>;
}

/**
 * Reads a deal's terms: shapes, names, formulas, and what must be there for it to mean something.
 *
 * Errors: `SyntaxError` or `RangeError` in one line with the place, what was found and what is allowed: an unknown or
 * circular name, a formula of the wrong kind, shares that do not sum to 1, a tranche that never amortises.
 */
export function readDeal(input: unknown): ReadyDeal {
  const parsed = dealSchema.safeParse(input);
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0];
    throw new SyntaxError(`${path.join(".") || "deal"}: ${message}`);
  }
  const deal = parsed.data;
  checkDeal(deal);
  const names = new Names(deal);
  const list = (phase: keyof Deal["waterfall"]) =>
    actionsOf(deal.waterfall[phase] ?? [], { deal, names, place: `waterfall.${phase}` });
  for (const name of Object.keys(deal.formulas)) names.find(`formula.${name}`);
  for (const [name, { target }] of Object.entries(deal.accounts)) {
    if (target !== undefined) names.find(`account.${name}.target`);
  }
  const accounts = Object.keys(deal.accounts);
  const truth = (text: string, place: string) =>
    guarded(names.formula(text, { place, kind: "truth" }).read, place);
  return {
    deal,
    waterfalls: Object.fromEntries(phases.map((phase) => [phase, list(phase)])) as Record<Phase, Action[]>,
    cleanUp: deal.waterfall.cleanUp && list("cleanUp"),
    call: deal.cleanUpCall && truth(deal.cleanUpCall.if, "cleanUpCall.if"),
    triggers: Object.entries(deal.triggers).map(([name, { test, if: text, curable, phase }]) => (
      { test, holds: truth(text, `triggers.${name}`), curable, phase }
    )),
    fees: Object.keys(deal.fees).map((name, i) => readyFee(deal, { name, i, names })),
    collectInto: {
      interest: accounts.indexOf(deal.collect.interest),
      principal: accounts.indexOf(deal.collect.principal),
      prepayment: accounts.indexOf(deal.collect.prepayment),
      recovery: accounts.indexOf(deal.collect.recovery),
    },
  };
}

function readyFee(deal: Deal, { name, i, names }: { name: string; i: number; names: Names }): ReadyFee {
  const { total, perPayment, annualRate, on } = deal.fees[name], place = `fees.${name}`;
  const value = guarded(names.formula((total ?? perPayment ?? on)!, { place }).read, place);
  const fen = (state: DealState) => Math.max(0, value(state) * 100);
  const accrue: ReadyFee["accrue"] = total !== undefined
    ? (state) => {
      const fee = state.fees[i];
      fee.dueFen = Math.max(0, wholeFen(fen(state)) - fee.paidFen);
    }
    : perPayment !== undefined
    ? (state) => void (state.fees[i].dueFen += wholeFen(fen(state)))
    : (state, days) => void (state.fees[i].dueFen += wholeFen(fen(state) * annualRate! * days / 365));
  return { accrue };
}

/**
 * Runs a deal from closing until its pool is spent and its accounts are empty, or to maturity.
 *
 * Shapes and units: `deal` as a file states it, or one that {@link readDeal} has read; `cdr`, where given, is the share of
 * the pool defaulting a year instead of the deal's own (on given flows: on top of them). Fen throughout the result.
 * Errors: those of {@link readDeal}; `RangeError` with the trigger or formula and the date where it cannot be evaluated.
 * Source: own; conventions in the deal schema. Interest is actual/365 (or 360), simple, cut to whole fen on each date.
 *
 * @example
 * ```ts
 * import { runDeal } from "#/model/funding/deal/run.ts";
 * import assert from "node:assert/strict";
 * const result = runDeal({
 *   name: "two classes",
 *   closing: "2025-01-01",
 *   maturity: "2026-01-01",
 *   payment: { dates: ["2025-07-02", "2025-12-31"] },
 *   pool: {
 *     flows: [
 *       { date: "2025-06-30", balanceCny: 50, principalCny: 50, interestCny: 5 },
 *       { date: "2025-12-30", balanceCny: 0, principalCny: 40, defaultCny: 10, interestCny: 2 },
 *     ],
 *   },
 *   collect: { interest: "cash", principal: "cash", prepayment: "cash", recovery: "cash" },
 *   accounts: { cash: {} },
 *   tranches: { senior: { balanceCny: 80, rate: 0.04 }, junior: { balanceCny: 20 } },
 *   waterfall: {
 *     amortising: [
 *       { do: "payInterest", to: ["senior"], from: "cash" },
 *       { do: "payPrincipal", to: ["senior", "junior"], from: "cash" },
 *     ],
 *   },
 * });
 * const [senior, junior] = result.tranches;
 * assert.equal(senior.unpaidFen, 0);
 * assert.equal(senior.flows[0].interestFen, 159); // 80 at 4 % for 182 days
 * assert.equal(junior.unpaidFen, 512); // 97.00 came in; 80.00 and 2.12 of interest went first
 * ```
 */
export function runDeal(deal: DealInput | ReadyDeal, { cdr }: { cdr?: number } = {}): DealResult {
  const ready = "waterfalls" in deal ? deal : readDeal(deal);
  const pool = poolOf(ready.deal, { cdr });
  const running = new OpenDeal(ready, pool);
  const { state } = running;
  const payments = daysOf(ready.deal.payment, epochDay(ready.deal.maturity));
  let collected = 0, paid = 0;
  while (paid < payments.length) {
    const collecting = collected < pool.days.length && pool.days[collected] <= payments[paid];
    if (collecting) {
      running.collect(pool.days[collected], pool.collect(collected));
      if (pool.buyable) state.buyableFen = pool.buyable(collected);
      collected++;
    } else {
      running.pay(payments[paid], { creditsAccounts: collected >= pool.days.length });
      paid++;
    }
    const isSpent = collected > 0 ? pool.spent(collected - 1) : false;
    if (isSpent && !collecting && running.cashFen === 0) break;
  }
  return running.result();
}

/** All that a fed {@link OpenDeal} is between two days, as plain data. */
export interface DealSnapshot {
  deal: Deal;
  state: Omit<DealState, "buy">;
  seen: unknown[][];
}

/**
 * A deal that is taken through its days one by one, while whoever holds the pool finds its flows.
 *
 * Shapes: `collect` brings a period's flows in, `pay` runs the waterfall of a payment date; dates ascend. What can be bought
 * in between is told by `state.buyableFen`. Errors: those of {@link runDeal}.
 *
 * @example
 * ```ts
 * import { OpenDeal, readDeal } from "#/model/funding/deal/run.ts";
 * import { epochDay } from "#/model/units/calendar.ts";
 * import assert from "node:assert/strict";
 * const deal = new OpenDeal(readDeal({
 *   name: "fed", closing: "2025-01-01", maturity: "2026-01-01", payment: { dates: ["2025-02-01"] },
 *   pool: { fedCny: 100 }, accounts: { cash: {} }, tranches: { notes: { balanceCny: 90 } },
 *   collect: { interest: "cash", principal: "cash", prepayment: "cash", recovery: "cash" },
 *   waterfall: { amortising: [{ do: "payPrincipal", to: ["notes"], from: "cash" }] },
 * }));
 * const flow = { interestFen: 0, prepaymentFen: 0, defaultFen: 0, recoveryFen: 0 };
 * const day = epochDay("2025-02-01");
 * deal.collect(day, { day, balanceFen: 7_000, principalFen: 3_000, ...flow });
 * deal.pay(day);
 * assert.equal(deal.state.tranches[0].balanceFen, 6_000);
 * ```
 */
export class OpenDeal {
  readonly ready: ReadyDeal;
  readonly state: DealState;
  readonly #pool: Pick<Pool, "buy" | "sell"> & { openingFen: number };
  readonly #isFed: boolean;
  #recorder: Recorder;
  readonly #openingFen: number;
  /** The day on which amortisation begins at the latest, and the one on which the deal ends at the latest. */
  readonly revolvingUntil: number;
  readonly maturity: number;

  /** Opens a deal on its closing day; without a pool it is fed. */
  constructor(ready: ReadyDeal, pool?: Pick<Pool, "openingFen" | "buy" | "sell">) {
    const { deal } = ready;
    this.ready = ready;
    this.#isFed = pool === undefined;
    this.#pool = pool ?? { openingFen: fenOf(deal.pool.fedCny ?? 0), sell: () => {} };
    this.state = openState(deal, this.#pool.openingFen);
    this.#recorder = new Recorder(this.state);
    this.#recorder.accounts(this.state);
    this.revolvingUntil = deal.revolvingUntil === undefined ? 0 : epochDay(deal.revolvingUntil);
    this.maturity = epochDay(deal.maturity);
    this.#openingFen = this.cashFen;
    const { state } = this;
    state.buy = (fen) => {
      this.#pool.buy?.(state.day, fen);
      state.pool.balanceFen += fen;
    };
  }

  /** A fed deal in the same state that goes its own way from here. Errors: `TypeError` for a deal with a pool of its own. */
  copy(): OpenDeal {
    return OpenDeal.restored(this.snapshot(), this.ready);
  }

  /**
   * All that a fed deal is, as plain data that shares its lists: for {@link OpenDeal.restored}.
   *
   * Errors: `TypeError` for a deal with a pool of its own.
   */
  snapshot(): DealSnapshot {
    if (!this.#isFed) {
      throw new TypeError(`Cannot copy the deal ${this.ready.deal.name}: its pool is not its own`);
    }
    const { buy: _buy, ...state } = this.state;
    return { deal: this.ready.deal, state, seen: this.#recorder.snapshot() };
  }

  /** The deal of a {@link OpenDeal.snapshot}; its terms are read anew where they are not at hand. */
  static restored({ deal, state, seen }: DealSnapshot, ready: ReadyDeal = readDeal(deal)): OpenDeal {
    const twin = new OpenDeal(ready);
    Object.assign(twin.state, structuredClone(state));
    twin.#recorder = Recorder.restored(twin.state, seen);
    return twin;
  }

  /** What lies on the deal's accounts. */
  get cashFen(): number {
    return cash(this.state);
  }

  /** Takes what a period brought. */
  collect(day: number, flow: PoolFlow): void {
    const { state } = this;
    state.day = day;
    earn(state);
    this.#recorder.pool(collect(state, flow, this.ready));
    credit(state);
    this.#tie();
  }

  /** Pays on a payment date. */
  pay(day: number, { creditsAccounts = false }: { creditsAccounts?: boolean } = {}): void {
    const { state, ready } = this;
    state.day = day;
    earn(state);
    if (creditsAccounts) credit(state);
    if (state.phase === "revolving" && state.day >= this.revolvingUntil) state.phase = "amortising";
    onPayment(state, { ready, pool: this.#pool, recorder: this.#recorder });
    this.#tie();
  }

  /** The flows so far. */
  result(): DealResult {
    return this.#recorder.result(this.ready.deal, { state: this.state, openingFen: this.#openingFen });
  }

  #tie(): void {
    const { state } = this;
    const off = this.#openingFen + state.cashInFen - state.cashOutFen - this.cashFen;
    if (off !== 0) throw new Error(`Cash does not tie on ${isoDate(state.day)}: ${off} fen too many came in`);
    this.#recorder.accounts(state);
  }
}

const cash = ({ accounts }: DealState) => {
  let sum = 0;
  for (const { balanceFen } of accounts) sum += balanceFen;
  return sum;
};

function collect(state: DealState, flow: PoolFlow, { collectInto, triggers }: ReadyDeal): PoolFlow {
  for (const sums of [state.pool.total, state.pool.period]) {
    sums.interestFen += flow.interestFen;
    sums.principalFen += flow.principalFen;
    sums.prepaymentFen += flow.prepaymentFen;
    sums.defaultFen += flow.defaultFen;
    sums.recoveryFen += flow.recoveryFen;
  }
  const openedFen = state.pool.balanceFen;
  if (openedFen > 0) {
    const yearly = 365 / Math.max(1, state.day - state.collectedTo);
    state.pool.defaultRates.push(flow.defaultFen / openedFen * yearly);
    state.pool.paymentRates.push((flow.principalFen + flow.prepaymentFen) / openedFen);
  }
  state.collectedTo = state.day;
  state.pool.balanceFen = flow.balanceFen;
  const { accounts } = state;
  accounts[collectInto.interest].balanceFen += flow.interestFen;
  accounts[collectInto.principal].balanceFen += flow.principalFen;
  accounts[collectInto.prepayment].balanceFen += flow.prepaymentFen;
  accounts[collectInto.recovery].balanceFen += flow.recoveryFen;
  state.cashInFen += flow.interestFen + flow.principalFen + flow.prepaymentFen + flow.recoveryFen;
  test(state, triggers, "afterCollection");
  return flow;
}

/** Interest due until a day; each setting of the rate books what was earned before it. */
function accrueTranches(state: DealState): void {
  for (const tranche of state.tranches) {
    tranche.overdueFen = tranche.dueFen;
    for (const { day, rate } of tranche.resets) {
      if (day > state.day) break;
      if (day > tranche.accruedTo && day > state.closing) accrue(tranche, day);
      tranche.rate = rate;
    }
    accrue(tranche, state.day);
  }
}

function accrue(tranche: DealState["tranches"][number], day: number): void {
  const days = day - tranche.accruedTo;
  if (days <= 0) return;
  const share = tranche.rate * days / tranche.basis;
  // Interest on unpaid interest is simple: it bears none itself, and it is paid first.
  const onUnpaid = tranche.earnsOnUnpaid ? wholeFen((tranche.dueFen - tranche.onUnpaidFen) * share) : 0;
  tranche.onUnpaidFen += onUnpaid;
  tranche.dueFen += wholeFen(tranche.balanceFen * share) + onUnpaid;
  tranche.accruedTo = day;
}

function onPayment(
  state: DealState,
  { ready, pool, recorder }: { ready: ReadyDeal; pool: Pick<Pool, "sell">; recorder: Recorder },
): void {
  const days = state.day - state.lastPayment, { year } = civil(state.day);
  state.payments++;
  accrueTranches(state);
  for (const line of state.lines) {
    line.dueFen += wholeFen(line.drawnFen * ready.deal.lines[line.name].rate * days / 365);
  }
  for (const fee of state.fees) {
    fee.paidTodayFen = 0;
    if (fee.year !== year) [fee.year, fee.paidThisYearFen] = [year, 0];
  }
  for (const { accrue } of ready.fees) accrue(state, days);
  recorder.before(state);
  test(state, ready.triggers, "beforePayment");
  const phase = state.phase;
  const isCalled = ready.call !== undefined && state.pool.balanceFen > 0 && ready.call(state) === 1;
  if (isCalled) sellPool(state, { ready, pool });
  for (const action of isCalled && ready.cleanUp ? ready.cleanUp : ready.waterfalls[phase]) action(state);
  test(state, ready.triggers, "afterPayment");
  recorder.after(state, { phase, isCalled });
  state.lastPayment = state.day;
  const { period } = state.pool;
  period.interestFen =
    period.principalFen =
    period.prepaymentFen =
    period.defaultFen =
    period.recoveryFen =
      0;
}

function sellPool(state: DealState, { ready, pool }: { ready: ReadyDeal; pool: Pick<Pool, "sell"> }): void {
  const fen = wholeFen(state.pool.balanceFen * ready.deal.cleanUpCall!.price);
  pool.sell();
  state.pool.balanceFen = 0;
  state.accounts[ready.collectInto.principal].balanceFen += fen;
  state.cashInFen += fen;
}

/** Tests the triggers of a moment: a fired one stays so unless it can be cured and its condition no longer holds. */
function test(state: DealState, triggers: readonly ReadyTrigger[], moment: Test): void {
  for (const [i, { test, holds, curable, phase }] of triggers.entries()) {
    if (test !== moment) continue;
    const trigger = state.triggers[i], isOn = holds(state) === 1;
    if (isOn === trigger.fired || trigger.fired && !curable) continue;
    trigger.fired = isOn;
    trigger.events.push({ day: state.day, fired: isOn });
    if (phase === undefined) continue;
    if (isOn && phases.indexOf(phase) > phases.indexOf(state.phase)) {
      trigger.before = state.phase;
      state.phase = phase;
    } else if (!isOn && trigger.before !== null && state.phase === phase) {
      state.phase = trigger.before;
      trigger.before = null;
    }
  }
}
