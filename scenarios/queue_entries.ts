// The entries of a queue file: amounts to the fen, times of day, names and lists, each refused with its line where it is none.

import type { Fen } from "#/model/units/units.ts";
import { type Complaint, listed, meant, shown } from "#/scenarios/complain.ts";
import { type Group, placeOf, plain, type Tree } from "#/scenarios/tree.ts";

/** Reads entries of one file and collects what is wrong with them; sums are of the whole file. */
export class EntryReader {
  readonly complaints: Complaint[] = [];
  #sumFen = 0;

  constructor(readonly top: Group) {}

  /** An amount in CNY under a key, or in fen under the key with Fen. */
  amount(
    one: Group,
    path: string[],
    key: string,
    { least = 0, what = "", isNeeded = false }: { least?: Fen; what?: string; isNeeded?: boolean } = {},
  ): Fen | undefined {
    const inCny = one.entries.get(key), inFen = one.entries.get(`${key}Fen`), tree = inCny ?? inFen;
    const here = [...path, inCny || !inFen ? key : `${key}Fen`];
    const said = (text: string) => this.complain(tree ?? one, here, what ? `${what}: ${text}` : text);
    if (inCny && inFen) said(`found besides ${key}Fen; allowed is one of the two`);
    if (!tree) return isNeeded ? void said(`found nothing; allowed is CNY, or ${key}Fen`) : undefined;
    const unit = inCny ? "CNY with at most two decimals" : "whole fen";
    const allowed = `allowed are ${unit}, ${least > 0 ? "above 0" : "0 or more"}`;
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

  /** A whole number from 0 under a key. */
  whole(one: Group, path: string[], { key, most }: { key: string; most: number }): number | undefined {
    const tree = one.entries.get(key);
    if (!tree) return undefined;
    const value = plain(tree);
    if (typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= most) return value;
    this.complain(
      tree,
      [...path, key],
      `found ${shown(value)}; allowed is a whole number from 0 to ${most}`,
    );
  }

  /** A time of day under a key, as its minute. */
  minute(one: Group, path: string[], key: "at" | "deadline"): number | undefined {
    const tree = one.entries.get(key);
    return tree && this.time(tree, [...path, key]);
  }

  /** A time of day, as its minute. */
  time(tree: Tree, path: string[]): number | undefined {
    const minute = minuteOf(tree.kind === "value" ? String(tree.value) : "");
    if (minute !== undefined) return minute;
    this.complain(tree, path, `found ${shown(plain(tree))}; allowed is a time such as "10:30"`);
  }

  /** A text, or a number as it is written. */
  text(one: Group, path: string[], key: string, isNeeded = false): string | undefined {
    const tree = one.entries.get(key);
    if (!tree && !isNeeded) return undefined;
    const isText = tree?.kind === "value" &&
      (typeof tree.value === "string" || typeof tree.value === "number");
    const text = isText ? typeof tree.value === "string" ? tree.value : tree.text : "";
    if (text.trim() !== "") return text;
    this.complain(tree ?? one, [...path, key], `found ${shown(tree && plain(tree))}; allowed is a name`);
  }

  /** The groups of a list, each with its path. */
  list(key: string): [Group, string[]][] {
    const tree = this.top.entries.get(key);
    if (!tree) {
      if (key === "participants") {
        this.complain(this.top, [key], "found nothing; allowed is a list of participants");
      }
      return [];
    }
    if (tree.kind !== "list") {
      this.complain(tree, [key], `found ${shown(plain(tree))}; allowed is a list`);
      return [];
    }
    return tree.items.flatMap((item, k): [Group, string[]][] => {
      const path = [key, String(k)];
      if (item.kind === "group") return [[item, path]];
      this.complain(item, path, `found ${shown(plain(item))}; allowed is a group of keys`);
      return [];
    });
  }

  /** Complains where an id comes again. */
  once(
    seen: Map<string, Tree>,
    id: string,
    { tree, path, what }: { tree: Group; path: string[]; what: string },
  ): void {
    const first = seen.get(id);
    if (first && id !== "") {
      const text = `found the ${what} ${shown(id)} again, first in line ${first.at.line}; allowed is once`;
      this.complain(tree.entries.get("id")!, [...path, "id"], text);
    } else seen.set(id, tree);
  }

  /** Complains about keys that have no meaning here. */
  keys(one: Group, path: string[], allowed: readonly string[]): void {
    for (const [key, tree] of one.entries) {
      if (allowed.includes(key)) continue;
      this.complain(
        tree,
        [...path, key],
        `unknown key; allowed are ${listed(allowed)}${meant(key, allowed)}`,
      );
    }
  }

  /** Keeps a complaint. */
  complain(tree: Tree, path: readonly string[], text: string): void {
    this.complaints.push({ place: placeOf(tree.at), path: path.join("."), text });
  }
}

/** The two keys of an amount: in CNY, and in fen. */
export const both = (key: string) => [key, `${key}Fen`];

/** A minute of the day as it is written: "9:05". */
export const clock = (minute: number): string =>
  `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, "0")}`;

/**
 * Reads a time of day: its minute, or undefined where the text is none.
 *
 * @example
 * ```ts
 * import { minuteOf } from "#/scenarios/queue_entries.ts";
 * import assert from "node:assert/strict";
 * assert.deepEqual([minuteOf("9:05"), minuteOf("25:00")], [545, undefined]);
 * ```
 */
export function minuteOf(text: string): number | undefined {
  const parts = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(text);
  return parts ? Number(parts[1]) * 60 + Number(parts[2]) : undefined;
}
