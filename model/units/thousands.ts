// A number as people read it: thousands set apart by commas.

/**
 * A number with a fixed count of decimals, its thousands set apart.
 *
 * Shapes: `value` finite; `decimals` from 0 on. Below zero it begins with a hyphen, unless it rounds to nothing.
 *
 * @example
 * ```ts
 * import { thousands } from "#/model/units/thousands.ts";
 * import assert from "node:assert/strict";
 * assert.deepEqual([thousands(1_234_567), thousands(-1_234.5, 2), thousands(999)], ["1,234,567", "-1,234.50", "999"]);
 * ```
 */
export function thousands(value: number, decimals = 0): string {
  const [whole, rest] = Math.abs(value).toFixed(decimals).split(".");
  const apart = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  const text = rest === undefined ? apart : `${apart}.${rest}`;
  return value < 0 && /[1-9]/.test(text) ? `-${text}` : text;
}
