// A queue of payments or a network of debts as a user brings it: participants, then what they owe, each with its line.

import { type Debt, type DefaultTerms } from "#/model/clearing/default.ts";
import type { BilateralLimit } from "#/model/clearing/bilateral_limits.ts";
import type { ArrivingPayment } from "#/model/clearing/queue_day.ts";
import type { Fen } from "#/model/units/units.ts";
import { listed, meant, ScenarioError, shown } from "#/scenarios/complain.ts";
import { parse } from "#/scenarios/parse.ts";
import { both, clock, EntryReader } from "#/scenarios/queue_entries.ts";
import { type Group, plain, type Tree } from "#/scenarios/tree.ts";

/** A participant of a queue: what it has and how far it may go. */
export interface Account {
  /** What it has at the opening. */
  balanceFen: Fen;
  /** Its balance ends at or above this after each batch in which it pays: from its credit limit and its net debit cap. */
  floorFen: Fen;
}

/** What a file asks for. */
export type QueueFile =
  & { title: string; method?: string }
  & ({
    kind: "queue";
    order?: "entry" | "priority" | "deadline";
    accounts: Map<string, Account>;
    payments: ArrivingPayment[];
    limits: BilateralLimit[];
    /** The times of settlement, rising; none where the file has no clock. */
    minutes?: number[];
  } | { kind: "debts"; assetsFen: Map<string, Fen>; debts: Debt[]; terms: DefaultTerms });

const topKeys = ["title", "method", "order", "participants", "payments", "limits", "windows"];
const debtTopKeys = [
  ...["title", "method", "participants", "debts"],
  ...["guaranteeFund", "guaranteeFundFen", "assetRecoveryPpm", "claimRecoveryPpm"],
];
const orders = ["entry", "priority", "deadline"] as const;

/**
 * Reads a queue or a debt network from YAML or JSON.
 *
 * Shapes and units: `participants` is a list of `id` with `balance`, `creditLimit`, `netDebitCap` (a queue) or `assets`
 * (debts); `payments` a list of `id`, `from`, `to`, `amount`, `priority` (0 the most urgent), `at` ("9:15", when it arrives;
 * the day's begin where nothing is said), `deadline` ("10:30"); `limits` a list of `from`, `to`, `amount` (what `from` may
 * have sent `to` more than it has received from it); `windows` a list of times at which the queue is settled. Without
 * windows it is settled whenever a payment arrives, where any says when; else once, without a clock.
 * `debts` a list of `from`, `to`, `amount`, `seniority` (0 the most senior). Amounts are CNY with at most two decimals, or
 * whole fen where the key ends in Fen. A credit limit is how far below zero a balance may go (0 where nothing is said); a
 * net debit cap how far below its opening; with a cap and no balance the cap alone counts.
 * Errors: `ScenarioError` with every fault: its line, its entry, what was found and what is allowed.
 *
 * @example
 * ```ts
 * import { readQueueFile } from "#/scenarios/queue_file.ts";
 * import assert from "node:assert/strict";
 * const text = "participants: [{ id: ant, balance: 5 }, { id: jd }]\npayments: [{ id: 1, from: ant, to: jd, amount: 0.5 }]";
 * const file = readQueueFile(text, "queue.yaml");
 * assert.deepEqual(file.kind === "queue" && file.payments[0].amountFen, 50);
 * assert.throws(() => readQueueFile(text.replace("0.5", "-1"), "queue.yaml"), /queue.yaml:2: payments.0.amount: /);
 * ```
 */
export function readQueueFile(text: string, name: string): QueueFile {
  const reader = new Reader(parse(text, name));
  const file = reader.file();
  if (reader.complaints.length > 0) throw new ScenarioError(reader.complaints);
  return file;
}

/** Goes through the tree and collects what is wrong with it. */
class Reader extends EntryReader {
  file(): QueueFile {
    const { entries } = this.top, isDebts = entries.has("debts"), isBoth = isDebts && entries.has("payments");
    this.keys(this.top, [], isDebts ? [...debtTopKeys, ...(isBoth ? topKeys : [])] : topKeys);
    if (isBoth) {
      this.complain(entries.get("debts")!, ["debts"], "found besides payments; allowed is one of the two");
    } else if (!isDebts && !entries.has("payments")) {
      this.complain(this.top, [], "found neither payments nor debts; allowed is a list of either");
    }
    const title = this.text(this.top, [], "title") ?? "", method = this.text(this.top, [], "method");
    const about = { title, ...(method === undefined ? {} : { method }) };
    if (isDebts) {
      const assetsFen = this.#participants("debts", (one, path) => this.amount(one, path, "assets") ?? 0);
      const debts = this.list("debts").map(([one, path]) => this.#debt(one, path, assetsFen));
      const terms: DefaultTerms = { fundFen: this.amount(this.top, [], "guaranteeFund") ?? 0 };
      for (const key of ["assetRecoveryPpm", "claimRecoveryPpm"] as const) {
        const ppm = this.whole(this.top, [], { key, most: 1_000_000 });
        if (ppm !== undefined) terms[key] = ppm;
      }
      return { ...about, kind: "debts", assetsFen, debts, terms };
    }
    const accounts = this.#participants("payments", (one, path) => this.#account(one, path));
    const seen = new Map<string, Tree>();
    const payments = this.list("payments").map(([one, path]) => {
      const payment = this.#payment(one, path, accounts);
      this.once(seen, payment.id, { tree: one, path, what: "payment" });
      return payment;
    });
    const order = this.text(this.top, [], "order");
    if (order !== undefined && !orders.some((one) => one === order)) {
      this.complain(
        this.top.entries.get("order")!,
        ["order"],
        `found "${order}"; allowed are ${listed(orders)}`,
      );
    }
    const own = orders.find((one) => one === order), minutes = this.#windows(payments);
    const limits = this.#limits(accounts);
    return {
      ...{ ...about, kind: "queue", accounts, payments, limits },
      ...(own && { order: own }),
      ...(minutes && { minutes }),
    };
  }

  #participants<T>(of: "payments" | "debts", read: (one: Group, path: string[]) => T): Map<string, T> {
    const found = new Map<string, T>(), seen = new Map<string, Tree>();
    for (const [one, path] of this.list("participants")) {
      const keys = of === "debts"
        ? ["id", ...both("assets")]
        : ["id", ...both("balance"), ...both("creditLimit"), ...both("netDebitCap")];
      this.keys(one, path, keys);
      const id = this.text(one, path, "id", true) ?? "";
      this.once(seen, id, { tree: one, path, what: "participant" });
      found.set(id, read(one, path));
    }
    return found;
  }

  #account(one: Group, path: string[]): Account {
    const balance = this.amount(one, path, "balance"), balanceFen = balance ?? 0;
    const capFen = this.amount(one, path, "netDebitCap");
    const creditFen = this.amount(one, path, "creditLimit") ??
      (balance === undefined && capFen !== undefined ? capFen : 0);
    return {
      balanceFen,
      floorFen: capFen === undefined ? -creditFen : Math.max(-creditFen, balanceFen - capFen),
    };
  }

  #payment(one: Group, path: string[], accounts: ReadonlyMap<string, unknown>): ArrivingPayment {
    this.keys(one, path, ["id", "from", "to", ...both("amount"), "priority", "at", "deadline"]);
    const id = this.text(one, path, "id", true) ?? "";
    const owed = this.#owed(one, path, { known: accounts, what: `payment ${id}` });
    const priority = this.whole(one, path, { key: "priority", most: 2_147_483_647 });
    const arrivalMinute = this.minute(one, path, "at"), deadlineMinute = this.minute(one, path, "deadline");
    if (deadlineMinute !== undefined && deadlineMinute < (arrivalMinute ?? 0)) {
      const text = `payment ${id}: found ${clock(deadlineMinute)}, before it arrives at ${
        clock(arrivalMinute!)
      }`;
      this.complain(
        one.entries.get("deadline")!,
        [...path, "deadline"],
        `${text}; allowed is that time or later`,
      );
    }
    return {
      id,
      ...owed,
      ...(priority !== undefined && { priority }),
      ...(arrivalMinute !== undefined && { arrivalMinute }),
      ...(deadlineMinute !== undefined && { deadlineMinute }),
    };
  }

  #limits(accounts: ReadonlyMap<string, unknown>): BilateralLimit[] {
    const seen = new Map<string, Tree>();
    return this.list("limits").map(([one, path]) => {
      this.keys(one, path, ["from", "to", ...both("amount")]);
      const { payer, payee } = this.#sides(one, path, { known: accounts, what: "the limit" });
      const first = seen.get(JSON.stringify([payer, payee]));
      if (first && payer !== "" && payee !== "") {
        const text = `found a limit of ${shown(payer)} towards ${
          shown(payee)
        } again, first in line ${first.at.line}`;
        this.complain(one, path, `${text}; allowed is one`);
      }
      seen.set(JSON.stringify([payer, payee]), one);
      const amountFen = this.amount(one, path, "amount", { what: "the limit", isNeeded: true });
      return { payer, payee, limitFen: amountFen ?? 0 };
    });
  }

  /** The times of settlement: as listed, or whenever a payment arrives if any says when. */
  #windows(payments: readonly ArrivingPayment[]): number[] | undefined {
    const tree = this.top.entries.get("windows");
    if (!tree) {
      if (!payments.some(({ arrivalMinute }) => arrivalMinute !== undefined)) return undefined;
      return [...new Set(payments.map(({ arrivalMinute = 0 }) => arrivalMinute))].sort((a, b) => a - b);
    }
    if (tree.kind !== "list" || tree.items.length === 0) {
      const found = tree.kind === "list" ? "an empty list" : shown(plain(tree));
      this.complain(tree, ["windows"], `found ${found}; allowed is a list of times such as "10:30"`);
      return [];
    }
    const minutes: number[] = [];
    for (const [k, item] of tree.items.entries()) {
      const minute = this.time(item, ["windows", String(k)]), before = minutes.at(-1);
      if (minute === undefined) continue;
      if (before !== undefined && minute <= before) {
        const text = `found ${clock(minute)} after ${clock(before)}; allowed are times that rise`;
        this.complain(item, ["windows", String(k)], text);
      } else minutes.push(minute);
    }
    return minutes;
  }

  #debt(one: Group, path: string[], assets: ReadonlyMap<string, unknown>): Debt {
    this.keys(one, path, ["from", "to", ...both("amount"), "seniority"]);
    const owed = this.#owed(one, path, { known: assets, what: "the debt" });
    return { ...owed, seniority: this.whole(one, path, { key: "seniority", most: 1_000 }) ?? 0 };
  }

  #owed(
    one: Group,
    path: string[],
    { known, what }: { known: ReadonlyMap<string, unknown>; what: string },
  ): { payer: string; payee: string; amountFen: Fen } {
    return {
      ...this.#sides(one, path, { known, what }),
      amountFen: this.amount(one, path, "amount", { least: 1, what, isNeeded: true }) ?? 1,
    };
  }

  /** Who pays whom. */
  #sides(
    one: Group,
    path: string[],
    { known, what }: { known: ReadonlyMap<string, unknown>; what: string },
  ): { payer: string; payee: string } {
    const [payer, payee] = ["from", "to"].map((side) => {
      const name = this.text(one, path, side, true) ?? "";
      if (name !== "" && !known.has(name)) {
        const names = [...known.keys()];
        const allowed = `allowed are the participants ${listed(names)}${meant(name, names)}`;
        this.complain(one.entries.get(side)!, [...path, side], `${what}: found ${shown(name)}; ${allowed}`);
      }
      return name;
    });
    if (payer !== "" && payer === payee) {
      const text = `${what}: found "${payee}", which is its payer; allowed is another participant`;
      this.complain(one.entries.get("to")!, [...path, "to"], text);
    }
    return { payer, payee };
  }
}
