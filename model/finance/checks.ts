// What a figure of finance must be: each check names the field, its value and what is allowed.

/** Where a number may lie; each end is left out where there is none. */
export interface Allowed {
  /** The least value. */
  least?: number;
  /** The greatest value. */
  most?: number;
  /** A value that must be passed, not reached. */
  above?: number;
  /** Whether only whole numbers fit. */
  isWhole?: boolean;
}

/**
 * The value, if it lies where it may.
 *
 * Errors: `RangeError` with field, value and what is allowed; NaN and infinities never fit.
 *
 * @example
 * ```ts
 * import { checked } from "#/model/finance/checks.ts";
 * import assert from "node:assert/strict";
 * assert.equal(checked("tenor", 12, { least: 1, isWhole: true }), 12);
 * assert.throws(() => checked("tenor", -3, { least: 1, isWhole: true }), {
 *   name: "RangeError",
 *   message: "Cannot use -3 as tenor: a whole number of 1 or more is needed",
 * });
 * ```
 */
export function checked(field: string, value: number, allowed: Allowed = {}): number {
  const { least = -Infinity, most = Infinity, above = -Infinity, isWhole = false } = allowed;
  const fits = Number.isFinite(value) && value >= least && value <= most && value > above &&
    (!isWhole || Number.isSafeInteger(value));
  if (!fits) throw new RangeError(`Cannot use ${value} as ${field}: ${needed(allowed)} is needed`);
  return value;
}

/** All values of a list, each checked under the name of the list and its place, counted from 1. */
export function checkedAll(
  field: string,
  values: readonly number[],
  allowed: Allowed = {},
): readonly number[] {
  for (const [i, value] of values.entries()) checked(`${field} ${i + 1}`, value, allowed);
  return values;
}

/** Two lists that belong together. Errors: `RangeError` with both lengths. */
export function checkedLength(field: string, values: readonly unknown[], length: number): void {
  if (values.length !== length) {
    throw new RangeError(`Cannot use ${values.length} values as ${field}: ${length} are needed`);
  }
}

function needed({ least, most, above, isWhole }: Allowed): string {
  const kind = isWhole ? "a whole number" : "a finite number";
  if (above !== undefined) return `${kind} above ${above}${most === undefined ? "" : `, at most ${most}`}`;
  if (least !== undefined && most !== undefined) return `${kind} from ${least} to ${most}`;
  if (least !== undefined) return `${kind} of ${least} or more`;
  return most === undefined ? kind : `${kind} of ${most} or less`;
}
