// What the formulas of a deal may read: every figure by its name, in CNY, as a truth or as a plain number.

import { civil } from "#/model/units/calendar.ts";
import { type Formula, type Kind, type Readable, readFormula } from "./formula.ts";
import { type DealState, targetFen } from "./state.ts";
import type { Deal } from "./terms.ts";

type Read = (state: DealState) => number;
type Figure = Readable<DealState>;

const number = (read: Read): Figure => ({ kind: "number", read });
const truth = (read: (state: DealState) => boolean): Figure => ({
  kind: "truth",
  read: (s) => read(s) ? 1 : 0,
});
const cny = (read: Read): Figure => number((state) => read(state) / 100);

/** A share of the pool as issued. Errors when read: `RangeError` for a pool issued at nothing. */
const ofIssued = (read: Read): Figure =>
  number((state) => {
    if (state.pool.issuedFen === 0) throw new RangeError("the pool was issued at 0");
    return read(state) / state.pool.issuedFen;
  });

const poolFigures: Record<string, Figure> = {
  balance: cny(({ pool }) => pool.balanceFen),
  issued: cny(({ pool }) => pool.issuedFen),
  factor: ofIssued(({ pool }) => pool.balanceFen),
  collectedInterest: cny(({ pool }) => pool.period.interestFen),
  collectedPrincipal: cny(({ pool }) => pool.period.principalFen + pool.period.prepaymentFen),
  collectedRecovery: cny(({ pool }) => pool.period.recoveryFen),
  defaulted: cny(({ pool }) => pool.period.defaultFen),
  cumulativeInterest: cny(({ pool }) => pool.total.interestFen),
  cumulativePrincipal: cny(({ pool }) => pool.total.principalFen + pool.total.prepaymentFen),
  cumulativeRecovery: cny(({ pool }) => pool.total.recoveryFen),
  cumulativeDefault: cny(({ pool }) => pool.total.defaultFen),
  cumulativeDefaultRate: ofIssued(({ pool }) => pool.total.defaultFen),
  cumulativeLoss: cny(({ pool }) => pool.total.defaultFen - pool.total.recoveryFen),
  cumulativeLossRate: ofIssued(({ pool }) => pool.total.defaultFen - pool.total.recoveryFen),
  defaultRate3: number(({ pool }) => mean(pool.defaultRates, 3)),
  paymentRate: number(({ pool }) => mean(pool.paymentRates, 1)),
};

const mean = (all: readonly number[], last: number) => {
  const some = all.slice(-last);
  return some.length === 0 ? 0 : some.reduce((sum, x) => sum + x, 0) / some.length;
};

const trancheFigures: Record<string, (i: number) => Figure> = {
  balance: (i) => cny((s) => s.tranches[i].balanceFen),
  original: (i) => cny((s) => s.tranches[i].originalFen),
  target: (i) => cny((s) => targetFen(s.tranches[i], s.day)),
  aboveTarget: (i) => cny((s) => Math.max(0, s.tranches[i].balanceFen - targetFen(s.tranches[i], s.day))),
  interestDue: (i) => cny((s) => s.tranches[i].dueFen),
  interestOverdue: (i) => cny((s) => s.tranches[i].overdueFen),
  interestPaid: (i) => cny((s) => s.tranches[i].interestPaidFen),
  principalPaid: (i) => cny((s) => s.tranches[i].principalPaidFen),
  isPaidOff: (i) => truth((s) => s.tranches[i].balanceFen === 0),
  monthsToMaturity: (i) => number((s) => monthsBetween(s.day, s.tranches[i].maturity)),
};

const accountFigures: Record<string, (i: number) => Figure> = {
  balance: (i) => cny((s) => s.accounts[i].balanceFen),
};

const feeFigures: Record<string, (i: number) => Figure> = {
  due: (i) => cny((s) => s.fees[i].dueFen),
  paid: (i) => cny((s) => s.fees[i].paidFen),
};

const lineFigures: Record<string, (i: number) => Figure> = {
  drawn: (i) => cny((s) => s.lines[i].drawnFen),
  available: (i) => cny((s) => s.lines[i].availableFen),
  interestDue: (i) => cny((s) => s.lines[i].dueFen),
};

const sums: Record<string, Figure> = {
  "tranches.balance": cny((s) => s.tranches.reduce((sum, { balanceFen }) => sum + balanceFen, 0)),
  "tranches.interestDue": cny((s) => s.tranches.reduce((sum, { dueFen }) => sum + dueFen, 0)),
  "accounts.balance": cny((s) => s.accounts.reduce((sum, { balanceFen }) => sum + balanceFen, 0)),
  "fees.due": cny((s) => s.fees.reduce((sum, { dueFen }) => sum + dueFen, 0)),
  "deal.overcollateralisation": cny((s) =>
    s.pool.balanceFen - s.tranches.reduce((sum, { balanceFen }) => sum + balanceFen, 0)
  ),
  "deal.monthsSinceClosing": number((s) => monthsBetween(s.closing, s.day)),
  "deal.payments": number((s) => s.payments),
  "deal.isRevolving": truth((s) => s.phase === "revolving"),
  "deal.isAccelerated": truth((s) => s.phase === "accelerated"),
};

/** Whole months from one day to another, counted down to a month that has begun; negative when the first is later. */
function monthsBetween(from: number, to: number): number {
  const a = civil(from), b = civil(to);
  const months = (b.year - a.year) * 12 + b.month - a.month;
  return b.dayOfMonth < a.dayOfMonth ? months - 1 : months;
}

/** Reads the formulas of one deal; each is read once, and a circle of formulas is refused with its members. */
export class Names {
  readonly #open: string[] = [];
  readonly #known = new Map<string, Figure>();

  constructor(readonly deal: Deal) {}

  /** A formula at a place. Errors: `SyntaxError` with the place, the formula and what is wrong with it. */
  formula(
    text: string | number,
    { place, kind = "number" }: { place: string; kind?: Kind },
  ): Formula<DealState> {
    let found: Formula<DealState>;
    try {
      found = readFormula<DealState>(String(text), {
        find: (name) => this.find(name),
        date: ({ day }) => day,
      });
    } catch (error) {
      throw new SyntaxError(`${place}: ${(error as Error).message}`);
    }
    if (found.kind !== kind) {
      throw new SyntaxError(`${place}: formula "${text}" is a ${found.kind}: a ${kind} is needed`);
    }
    return found;
  }

  /** The figure of a name. Errors: `SyntaxError` that names what there is. */
  find(name: string): Figure {
    if (Object.hasOwn(sums, name)) return sums[name];
    const known = this.#known.get(name);
    if (known) return known;
    const figure = this.#look(name);
    this.#known.set(name, figure);
    return figure;
  }

  #look(name: string): Figure {
    const parts = name.split("."), [group, item, field] = parts;
    if (group === "pool" && parts.length === 2 && Object.hasOwn(poolFigures, item)) return poolFigures[item];
    if (group === "formula" && parts.length === 2) return this.#stated(item);
    if (parts.length === 3) {
      if (group === "account" && (field === "target" || field === "shortfall")) {
        return this.#target(item, field === "shortfall");
      }
      if (group === "trigger" && field === "hasFired") {
        const i = this.#place(this.deal.triggers, item, "trigger");
        return truth((s) => s.triggers[i].fired);
      }
      const groups: Record<string, [Record<string, unknown>, Record<string, (i: number) => Figure>]> = {
        tranche: [this.deal.tranches, trancheFigures],
        account: [this.deal.accounts, accountFigures],
        fee: [this.deal.fees, feeFigures],
        line: [this.deal.lines, lineFigures],
      };
      if (Object.hasOwn(groups, group)) {
        const [members, fields] = groups[group];
        const i = this.#place(members, item, group);
        if (Object.hasOwn(fields, field)) return fields[field](i);
      }
    }
    throw new SyntaxError(`there is no ${name}; to be read are ${readableNames().join(", ")}`);
  }

  #place(members: Record<string, unknown>, item: string, group: string): number {
    const names = Object.keys(members), i = names.indexOf(item);
    if (i < 0) {
      throw new SyntaxError(`there is no ${group} ${item}; the deal has ${names.join(", ") || "none"}`);
    }
    return i;
  }

  #stated(item: string): Figure {
    this.#place(this.deal.formulas, item, "formula");
    return this.#within(`formula.${item}`, () => {
      const place = `formulas.${item}`;
      return readAny(this, this.deal.formulas[item], place);
    });
  }

  #target(item: string, shortfall: boolean): Figure {
    const i = this.#place(this.deal.accounts, item, "account"), { target } = this.deal.accounts[item];
    if (target === undefined) throw new SyntaxError(`account ${item} has no target`);
    const { read } = this.#within(
      `account.${item}.target`,
      () => this.formula(target, { place: `accounts.${item}.target` }),
    );
    return shortfall ? number((s) => Math.max(0, read(s) - s.accounts[i].balanceFen / 100)) : number(read);
  }

  #within(name: string, read: () => Figure): Figure {
    const at = this.#open.indexOf(name);
    if (at >= 0) throw new SyntaxError(`circular: ${[...this.#open.slice(at), name].join(" reads ")}`);
    this.#open.push(name);
    try {
      return read();
    } finally {
      this.#open.pop();
    }
  }
}

function readAny(names: Names, text: string | number, place: string): Figure {
  try {
    return readFormula<DealState>(String(text), { find: (name) => names.find(name), date: ({ day }) => day });
  } catch (error) {
    throw new SyntaxError(`${place}: ${(error as Error).message}`);
  }
}

/** Every name that a formula may read, with NAME for the deal's own. */
export function readableNames(): string[] {
  const of = (group: string, fields: object) => Object.keys(fields).map((field) => `${group}.${field}`);
  return [
    ...["date", "formula.NAME", "trigger.NAME.hasFired", "account.NAME.target", "account.NAME.shortfall"],
    ...of("pool", poolFigures),
    ...of("tranche.NAME", trancheFigures),
    ...of("account.NAME", accountFigures),
    ...of("fee.NAME", feeFigures),
    ...of("line.NAME", lineFigures),
    ...Object.keys(sums),
  ];
}
