// How many bytes the tables of a run take: people, the day's purchases, and rows of open debts, told apart.

import type { RunResult } from "./result.ts";
import type { World } from "./world.ts";

/** Bytes of all typed arrays of an object, one level deep. */
export function bytesOf(table: object): number {
  return Object.values(table).reduce(
    (sum: number, column) => ArrayBuffer.isView(column) ? sum + column.byteLength : sum,
    0,
  );
}

/** The bytes of a world's tables. */
export function memoryOf(world: World): RunResult["memory"] {
  const {
    shoppers,
    lines,
    purchases,
    clearing,
    loans,
    open,
    revolving,
    refunds,
    staged,
    desk,
    due,
    arrears,
  } = world;
  const waiting = [...open.segments, ...revolving.segments, ...refunds.segments, ...staged.segments];
  const shopperBytes = bytesOf(shoppers) + bytesOf(lines) + bytesOf(desk) + bytesOf(due) +
    bytesOf(arrears);
  return {
    bytesPerShopper: Math.round(shopperBytes / shoppers.count),
    shopperBytes,
    purchaseBytes: bytesOf(purchases) + bytesOf(clearing),
    loanBytes: bytesOf(loans) + waiting.reduce((sum, segment) => sum + bytesOf(segment), 0),
  };
}
