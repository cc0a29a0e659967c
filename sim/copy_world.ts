// A copy of a world between two days, from which a future of its own can be run: all state is copied, what never changes is shared.

import { ClearingDesk } from "#/model/clearing/work.ts";
import { OpenDeal } from "#/model/funding/deal/run.ts";
import { Register } from "#/model/funding/register/register.ts";
import { LedgerFinality } from "#/model/identity/shared_ledger/finality.ts";
import { Ledger } from "./ledger/ledger.ts";
import type { World } from "./world.ts";

/** Classes whose instances are copied field by field: all their state is in fields that can be listed. */
const listable: unknown[] = [Object.prototype, null, Ledger.prototype];

/**
 * Copies a world that has closed a day.
 *
 * Shapes: what the scenario fixed (the supposition and its terms) is shared, listeners and traces stay behind, and so does the
 * protocol of the day's transfers, which ends with its day. Two paths to one object are two paths to one copy.
 * Errors: `TypeError` with the path of a function or of an object whose class is not known here: state could hide in either.
 */
export function copyWorld(world: World): World {
  const seen = new Map<unknown, unknown>();
  for (const shared of [world.supposed, world.terms]) share(shared, seen);
  const bare: World = {
    ...world,
    ...{ onIdentity: null, sample: null, trace: null },
    faults: { ...world.faults, protocol: null },
  };
  return copied(bare, { seen, path: "world" }) as World;
}

/** Marks all that hangs on a root as shared. */
function share(value: unknown, seen: Map<unknown, unknown>): void {
  if (typeof value !== "object" && typeof value !== "function" || value === null || seen.has(value)) return;
  seen.set(value, value);
  for (const key of Reflect.ownKeys(value)) share((value as Record<PropertyKey, unknown>)[key], seen);
}

function copied(value: unknown, { seen, path }: { seen: Map<unknown, unknown>; path: string }): unknown {
  if (typeof value !== "object" && typeof value !== "function" || value === null) return value;
  const known = seen.get(value);
  if (known !== undefined) return known;
  const keep = <T>(copy: T): T => {
    seen.set(value, copy);
    return copy;
  };
  const inside = (part: unknown, key: PropertyKey) => copied(part, { seen, path: `${path}.${String(key)}` });
  if (value instanceof ArrayBuffer) return keep(value.slice(0));
  if (ArrayBuffer.isView(value)) {
    const view = value as Uint8Array, buffer = inside(view.buffer, "buffer") as ArrayBuffer;
    const length = (view as { length?: number }).length ?? view.byteLength;
    return keep(new (view.constructor as typeof Uint8Array)(buffer, view.byteOffset, length));
  }
  if (Array.isArray(value)) {
    const list = keep(new Array<unknown>(value.length));
    for (let i = 0; i < value.length; i++) list[i] = inside(value[i], i);
    return list;
  }
  if (value instanceof Map) {
    const map = keep(new Map());
    for (const [key, item] of value) map.set(inside(key, "key"), inside(item, String(key)));
    return map;
  }
  if (value instanceof Set) {
    const set = keep(new Set());
    for (const item of value) set.add(inside(item, "item"));
    return set;
  }
  if (value instanceof LedgerFinality || value instanceof Register || value instanceof OpenDeal) {
    return keep(value.copy());
  }
  // A desk begins anew with each queue that is laid on it.
  if (value instanceof ClearingDesk) return keep(new ClearingDesk());
  const prototype = Object.getPrototypeOf(value);
  if (typeof value === "function" || !listable.includes(prototype)) {
    const what = typeof value === "function" ? "a function" : `a ${value.constructor?.name ?? "thing"}`;
    throw new TypeError(`Cannot copy ${path}: it is ${what}, and nobody here knows its state`);
  }
  const record = keep(prototype === Object.prototype ? {} : Object.create(prototype)) as Record<
    PropertyKey,
    unknown
  >;
  for (const key of Reflect.ownKeys(value)) {
    const { get, set } = Object.getOwnPropertyDescriptor(value, key)!;
    if (get || set) throw new TypeError(`Cannot copy ${path}.${String(key)}: it is worked out, not kept`);
    record[key] = inside((value as Record<PropertyKey, unknown>)[key], key);
  }
  return record;
}
