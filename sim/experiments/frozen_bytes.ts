// A frozen run as bytes: what another thread needs to go on from the same morning.

import { deserialize, serialize } from "node:v8";
import { ClearingDesk } from "#/model/clearing/work.ts";
import { type DealSnapshot, OpenDeal } from "#/model/funding/deal/run.ts";
import { Register, type RegisterSnapshot } from "#/model/funding/register/register.ts";
import { type FinalitySnapshot, LedgerFinality } from "#/model/identity/shared_ledger/finality.ts";
import type { Supposition } from "#/scenarios/schema.ts";
import type { Frozen } from "#/sim/fork.ts";
import { Ledger } from "#/sim/ledger/ledger.ts";
import { makeTerms, type Terms } from "#/sim/terms.ts";
import type { World } from "#/sim/world.ts";

/** A thing that is no plain data: its kind, and the plain data that it is made of again. */
type Kept =
  | { kind: "finality"; of: FinalitySnapshot }
  | { kind: "register"; of: RegisterSnapshot }
  | { kind: "deal"; of: DealSnapshot }
  | { kind: "desk" }
  | { kind: "ledger"; of: Record<string, unknown> };

/** Where a thing or a part of the scenario's terms is held; its place in plain data is left empty. */
interface Held {
  holder: unknown;
  key: unknown;
  from: "kept" | "terms";
  n: number;
}

interface Packed {
  supposed: Supposition;
  day: number;
  replication: number;
  world: Record<string, unknown>;
  kept: Kept[];
  held: Held[];
  /** How many parts the terms have, as a check that both threads number them alike. */
  parts: number;
}

/**
 * The bytes of a frozen run. Terms are left out: they follow from the supposition, and what the world shares with them it
 * shares again.
 *
 * Errors: `TypeError` with the path of an object whose class is not known here.
 *
 * @example
 * ```ts
 * import { load } from "#/scenarios/load.ts";
 * import { freeze, future } from "#/sim/fork.ts";
 * import { frozenBytes, frozenOf } from "#/sim/experiments/frozen_bytes.ts";
 * import assert from "node:assert/strict";
 * const set = ["world.history.shoppers=200", "world.history.days=40", "scoring.card=expert"];
 * const asked = { shoppers: 200, days: 6, set: [...set, "world.history.set.scoring.card=expert"] };
 * const frozen = freeze(load("baseline", asked), 0, { day: 3 });
 * assert.equal(future(frozenOf(frozenBytes(frozen))).hash, future(frozen).hash);
 * ```
 */
export function frozenBytes({ world, day, replication }: Frozen): Uint8Array {
  const { supposed, terms, ...rest } = world;
  const shared = numbered(terms, supposed), kept: Kept[] = [], held: Held[] = [];
  const things = new Map<unknown, number>(), seen = new Map<unknown, unknown>();

  const place = (value: unknown, at: { holder: unknown; key: unknown; path: string }): unknown => {
    if (typeof value !== "object" && typeof value !== "function" || value === null) return value;
    const { holder, key, path } = at, n = shared.get(value);
    if (n !== undefined) {
      held.push({ holder, key, from: "terms", n });
      return null;
    }
    if (isThing(value)) {
      let number = things.get(value);
      if (number === undefined) {
        things.set(value, number = kept.length);
        kept.push({ kind: "desk" });
        kept[number] = packedThing(value, (part, name) => plain(part, `${path}.${name}`));
      }
      held.push({ holder, key, from: "kept", n: number });
      return null;
    }
    return plain(value, path);
  };
  const plain = (value: unknown, path: string): unknown => {
    if (typeof value !== "object" || value === null) {
      if (typeof value !== "function") return value;
      throw new TypeError(`Cannot pack ${path}: it is a function`);
    }
    const known = seen.get(value);
    if (known !== undefined) return known;
    const keep = <T>(copy: T): T => {
      seen.set(value, copy);
      return copy;
    };
    if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return keep(value);
    if (Array.isArray(value)) {
      const list = keep(new Array<unknown>(value.length));
      for (let i = 0; i < value.length; i++) {
        list[i] = place(value[i], { holder: list, key: i, path: `${path}.${i}` });
      }
      return list;
    }
    if (value instanceof Map) {
      const map = keep(new Map());
      for (const [key, item] of value) {
        map.set(key, place(item, { holder: map, key, path: `${path}.${String(key)}` }));
      }
      return map;
    }
    // What a set holds has no place of its own to be put back to.
    if (value instanceof Set) return keep(new Set([...value].map((item) => plain(item, `${path}.item`))));
    if (Object.getPrototypeOf(value) !== Object.prototype) {
      throw new TypeError(`Cannot pack ${path}: it is a ${value.constructor?.name ?? "thing"}`);
    }
    const record = keep({} as Record<string, unknown>);
    for (const [name, part] of Object.entries(value)) {
      record[name] = place(part, { holder: record, key: name, path: `${path}.${name}` });
    }
    return record;
  };

  const packed: Packed = {
    ...{ supposed, day, replication, parts: shared.size },
    world: plain(rest, "world") as Record<string, unknown>,
    ...{ kept, held },
  };
  return serialize(packed);
}

/** The frozen run that {@link frozenBytes} tells. Errors: `RangeError` for bytes of another version of this program. */
export function frozenOf(bytes: Uint8Array): Frozen {
  const { supposed, day, replication, world, kept, held, parts } = deserialize(bytes) as Packed;
  const terms = makeTerms(supposed.scenario), shared = [...numbered(terms, supposed).keys()];
  if (shared.length !== parts) {
    throw new RangeError(
      `Cannot read a frozen run: its terms have ${parts} parts, here they have ${shared.length}`,
    );
  }
  const things = kept.map(openedThing);
  for (const { holder, key, from, n } of held) {
    const value = from === "kept" ? things[n] : shared[n];
    if (holder instanceof Map) holder.set(key, value);
    else (holder as Record<string, unknown>)[key as string] = value;
  }
  return { world: { ...world, supposed, terms } as unknown as World, day, replication };
}

/** All that hangs on the terms and the supposition, numbered in one order of walking. */
function numbered(terms: Terms, supposed: Supposition): Map<unknown, number> {
  const numbers = new Map<unknown, number>();
  const visit = (value: unknown): void => {
    if (typeof value !== "object" && typeof value !== "function" || value === null || numbers.has(value)) {
      return;
    }
    numbers.set(value, numbers.size);
    // The parts of a function are its own business, and of a map or set nobody else holds any.
    if (typeof value === "object") Object.values(value).forEach(visit);
  };
  visit(supposed);
  visit(terms);
  return numbers;
}

type Thing = LedgerFinality | Register | OpenDeal | ClearingDesk | Ledger;

const isThing = (value: unknown): value is Thing =>
  [LedgerFinality, Register, OpenDeal, ClearingDesk, Ledger].some((kind) => value instanceof kind);

function packedThing(thing: Thing, plain: (value: unknown, name: string) => unknown): Kept {
  if (thing instanceof LedgerFinality) return { kind: "finality", of: thing.snapshot() };
  if (thing instanceof Register) return { kind: "register", of: thing.snapshot() };
  if (thing instanceof OpenDeal) return { kind: "deal", of: thing.snapshot() };
  if (thing instanceof ClearingDesk) return { kind: "desk" };
  const of = Object.fromEntries(Object.entries(thing).map(([name, part]) => [name, plain(part, name)]));
  return { kind: "ledger", of };
}

function openedThing(kept: Kept): Thing {
  switch (kept.kind) {
    case "finality":
      return LedgerFinality.restored(kept.of);
    case "register":
      return Register.restored(kept.of);
    case "deal":
      return OpenDeal.restored(kept.of);
    case "desk":
      return new ClearingDesk();
    case "ledger":
      return Object.assign(Object.create(Ledger.prototype) as Ledger, kept.of);
  }
}
