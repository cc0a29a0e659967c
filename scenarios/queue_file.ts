// A queue of payments or a network of debts as a user brings it: participants, then what they owe, each with its line.

import { type Debt, type DefaultTerms } from "#/model/clearing/default.ts";
import type { QueuedPayment } from "#/model/clearing/queue.ts";
import type { Fen } from "#/model/units/units.ts";
import { type Complaint, listed, meant, ScenarioError, shown } from "#/scenarios/complain.ts";
import { parse } from "#/scenarios/parse.ts";
import { type Group, placeOf, plain, type Tree } from "#/scenarios/tree.ts";

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
    payments: QueuedPayment[];
  } | { kind: "debts"; assetsFen: Map<string, Fen>; debts: Debt[]; terms: DefaultTerms });

const topKeys = ["title", "method", "order", "participants", "payments"];
const debtTopKeys = [
  ...["title", "method", "participants", "debts"],
  ...["guaranteeFund", "guaranteeFundFen", "assetRecoveryPpm", "claimRecoveryPpm"],
];
const orders = ["entry", "priority", "deadline"] as const;

/**
 * Reads a queue or a debt network from YAML or JSON.
 *
 * Shapes and units: `participants` is a list of `id` with `balance`, `creditLimit`, `netDebitCap` (a queue) or `assets`
 * (debts); `payments` a list of `id`, `from`, `to`, `amount`, `priority` (0 the most urgent), `deadline` ("10:30");
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
class Reader {
  readonly complaints: Complaint[] = [];
  #sumFen = 0;

  constructor(readonly top: Group) {}

  file(): QueueFile {
    const { entries } = this.top, isDebts = entries.has("debts");
    this.#keys(this.top, [], isDebts ? [...debtTopKeys, "payments"] : topKeys);
    if (isDebts && entries.has("payments")) {
      this.#complain(entries.get("debts")!, ["debts"], "found besides payments; allowed is one of the two");
    } else if (!isDebts && !entries.has("payments")) {
      this.#complain(this.top, [], "found neither payments nor debts; allowed is a list of either");
    }
    const title = this.#text(this.top, [], "title") ?? "", method = this.#text(this.top, [], "method");
    const about = { title, ...(method === undefined ? {} : { method }) };
    if (isDebts) {
      const assetsFen = this.#participants("debts", (one, path) => this.#amount(one, path, "assets") ?? 0);
      const debts = this.#list("debts").map(([one, path]) => this.#debt(one, path, assetsFen));
      const terms: DefaultTerms = { fundFen: this.#amount(this.top, [], "guaranteeFund") ?? 0 };
      for (const key of ["assetRecoveryPpm", "claimRecoveryPpm"] as const) {
        const ppm = this.#whole(this.top, [], { key, most: 1_000_000 });
        if (ppm !== undefined) terms[key] = ppm;
      }
      return { ...about, kind: "debts", assetsFen, debts, terms };
    }
    const accounts = this.#participants("payments", (one, path) => this.#account(one, path));
    const seen = new Map<string, Tree>();
    const payments = this.#list("payments").map(([one, path]) => {
      const payment = this.#payment(one, path, accounts);
      this.#once(seen, payment.id, { tree: one, path, what: "payment" });
      return payment;
    });
    const order = this.#text(this.top, [], "order");
    if (order !== undefined && !orders.some((one) => one === order)) {
      this.#complain(
        this.top.entries.get("order")!,
        ["order"],
        `found "${order}"; allowed are ${listed(orders)}`,
      );
    }
    const own = orders.find((one) => one === order);
    return { ...about, kind: "queue", ...(own && { order: own }), accounts, payments };
  }

  #participants<T>(of: "payments" | "debts", read: (one: Group, path: string[]) => T): Map<string, T> {
    const found = new Map<string, T>(), seen = new Map<string, Tree>();
    for (const [one, path] of this.#list("participants")) {
      const keys = of === "debts"
        ? ["id", ...both("assets")]
        : ["id", ...both("balance"), ...both("creditLimit"), ...both("netDebitCap")];
      this.#keys(one, path, keys);
      const id = this.#text(one, path, "id", true) ?? "";
      this.#once(seen, id, { tree: one, path, what: "participant" });
      found.set(id, read(one, path));
    }
    return found;
  }

  #account(one: Group, path: string[]): Account {
    const balance = this.#amount(one, path, "balance"), balanceFen = balance ?? 0;
    const capFen = this.#amount(one, path, "netDebitCap");
    const creditFen = this.#amount(one, path, "creditLimit") ??
      (balance === undefined && capFen !== undefined ? capFen : 0);
    return {
      balanceFen,
      floorFen: capFen === undefined ? -creditFen : Math.max(-creditFen, balanceFen - capFen),
    };
  }

  #payment(one: Group, path: string[], accounts: ReadonlyMap<string, unknown>): QueuedPayment {
    this.#keys(one, path, ["id", "from", "to", ...both("amount"), "priority", "deadline"]);
    const id = this.#text(one, path, "id", true) ?? "";
    const owed = this.#owed(one, path, { known: accounts, what: `payment ${id}` });
    const priority = this.#whole(one, path, { key: "priority", most: 2_147_483_647 });
    const deadlineMinute = this.#minute(one, path);
    return {
      id,
      ...owed,
      ...(priority !== undefined && { priority }),
      ...(deadlineMinute !== undefined && { deadlineMinute }),
    };
  }

  #debt(one: Group, path: string[], assets: ReadonlyMap<string, unknown>): Debt {
    this.#keys(one, path, ["from", "to", ...both("amount"), "seniority"]);
    const owed = this.#owed(one, path, { known: assets, what: "the debt" });
    return { ...owed, seniority: this.#whole(one, path, { key: "seniority", most: 1_000 }) ?? 0 };
  }

  #owed(
    one: Group,
    path: string[],
    { known, what }: { known: ReadonlyMap<string, unknown>; what: string },
  ): { payer: string; payee: string; amountFen: Fen } {
    const [payer, payee] = ["from", "to"].map((side) => {
      const name = this.#text(one, path, side, true) ?? "", names = [...known.keys()];
      if (name !== "" && !known.has(name)) {
        const allowed = `allowed are the participants ${listed(names)}${meant(name, names)}`;
        this.#complain(one.entries.get(side)!, [...path, side], `${what}: found ${shown(name)}; ${allowed}`);
      }
      return name;
    });
    if (payer !== "" && payer === payee) {
      const text = `${what}: found "${payee}", which is its payer; allowed is another participant`;
      this.#complain(one.entries.get("to")!, [...path, "to"], text);
    }
    return { payer, payee, amountFen: this.#amount(one, path, "amount", { least: 1, what }) ?? 1 };
  }

  /** An amount in CNY under a key, or in fen under the key with Fen. */
  #amount(
    one: Group,
    path: string[],
    key: string,
    { least = 0, what = "" }: { least?: Fen; what?: string } = {},
  ): Fen | undefined {
    const inCny = one.entries.get(key), inFen = one.entries.get(`${key}Fen`), tree = inCny ?? inFen;
    const isNeeded = least > 0, here = [...path, inCny || !inFen ? key : `${key}Fen`];
    const said = (text: string) => this.#complain(tree ?? one, here, what ? `${what}: ${text}` : text);
    if (inCny && inFen) said(`found besides ${key}Fen; allowed is one of the two`);
    if (!tree) return isNeeded ? void said(`found nothing; allowed is CNY, or ${key}Fen`) : undefined;
    const unit = inCny ? "CNY with at most two decimals" : "whole fen";
    const allowed = `allowed are ${unit}, ${isNeeded ? "above 0" : "0 or more"}`;
    const text = tree.kind === "value" && typeof tree.value === "number" ? tree.text : "";
    const parts = (inCny ? /^\+?(\d+)(?:\.(\d{1,2}))?$/ : /^\+?(\d+)$/).exec(text);
    if (!parts) {
      return void said(`found ${text === "" ? shown(plain(tree)) : text}; ${allowed}`);
    }
    const fen = Number(inCny ? parts[1] + (parts[2] ?? "").padEnd(2, "0") : parts[1]);
    if (fen < least) return void said(`found ${text}; ${allowed}`);
    this.#sumFen += fen;
    if (!Number.isSafeInteger(fen) || !Number.isSafeInteger(this.#sumFen)) {
      this.#sumFen = 0;
      return void said(`found ${text}, with which the sum of the file passes 2^53 fen; allowed is less`);
    }
    return fen;
  }

  #whole(one: Group, path: string[], { key, most }: { key: string; most: number }): number | undefined {
    const tree = one.entries.get(key);
    if (!tree) return undefined;
    const value = plain(tree);
    if (typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= most) return value;
    this.#complain(
      tree,
      [...path, key],
      `found ${shown(value)}; allowed is a whole number from 0 to ${most}`,
    );
  }

  #minute(one: Group, path: string[]): number | undefined {
    const tree = one.entries.get("deadline");
    if (!tree) return undefined;
    const text = tree.kind === "value" ? String(tree.value) : "",
      parts = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(text);
    if (parts) return Number(parts[1]) * 60 + Number(parts[2]);
    this.#complain(
      tree,
      [...path, "deadline"],
      `found ${shown(plain(tree))}; allowed is a time such as "10:30"`,
    );
  }

  /** A text, or a number as it is written. */
  #text(one: Group, path: string[], key: string, isNeeded = false): string | undefined {
    const tree = one.entries.get(key);
    if (!tree && !isNeeded) return undefined;
    const isText = tree?.kind === "value" &&
      (typeof tree.value === "string" || typeof tree.value === "number");
    const text = isText ? typeof tree.value === "string" ? tree.value : tree.text : "";
    if (text.trim() !== "") return text;
    this.#complain(tree ?? one, [...path, key], `found ${shown(tree && plain(tree))}; allowed is a name`);
  }

  #list(key: string): [Group, string[]][] {
    const tree = this.top.entries.get(key);
    if (!tree) {
      if (key === "participants") {
        this.#complain(this.top, [key], "found nothing; allowed is a list of participants");
      }
      return [];
    }
    if (tree.kind !== "list") {
      this.#complain(tree, [key], `found ${shown(plain(tree))}; allowed is a list`);
      return [];
    }
    return tree.items.flatMap((item, k): [Group, string[]][] => {
      const path = [key, String(k)];
      if (item.kind === "group") return [[item, path]];
      this.#complain(item, path, `found ${shown(plain(item))}; allowed is a group of keys`);
      return [];
    });
  }

  #once(
    seen: Map<string, Tree>,
    id: string,
    { tree, path, what }: { tree: Group; path: string[]; what: string },
  ): void {
    const first = seen.get(id);
    if (first && id !== "") {
      const text = `found the ${what} ${shown(id)} again, first in line ${first.at.line}; allowed is once`;
      this.#complain(tree.entries.get("id")!, [...path, "id"], text);
    } else seen.set(id, tree);
  }

  #keys(one: Group, path: string[], allowed: readonly string[]): void {
    for (const [key, tree] of one.entries) {
      if (allowed.includes(key)) continue;
      this.#complain(
        tree,
        [...path, key],
        `unknown key; allowed are ${listed(allowed)}${meant(key, allowed)}`,
      );
    }
  }

  #complain(tree: Tree, path: readonly string[], text: string): void {
    this.complaints.push({ place: placeOf(tree.at), path: path.join("."), text });
  }
}

const both = (key: string) => [key, `${key}Fen`];
