// How figures are written in a report: three digits that mean something, a unit, and a real minus sign.

import { thousands } from "#/model/units/thousands.ts";
import type { Outcome } from "#/sim/result.ts";

const minus = "\u2212";
const thin = "\u202f";

/**
 * An amount of CNY as a reader says it: `CNY 1.23 bn`. Three significant digits, never more.
 *
 * @example
 * ```ts
 * import { money } from "#/server/format.ts";
 * import assert from "node:assert/strict";
 * assert.equal(money(1_234_567_890), "CNY 1.23 bn");
 * assert.equal(money(-950), "\u2212CNY 950");
 * ```
 */
export function money(cny: number): string {
  const text = written(Math.abs(cny));
  return cny < 0 && text !== "0" ? `${minus}CNY ${text}` : `CNY ${text}`;
}

/**
 * A count of people, purchases, uses or attributes: exact below ten thousand, three digits and a scale above.
 *
 * @example
 * ```ts
 * import { count } from "#/server/format.ts";
 * import assert from "node:assert/strict";
 * assert.equal(count(9_876), "9,876");
 * assert.equal(count(12_345_678), "12.3 m");
 * ```
 */
export function count(n: number): string {
  if (Math.abs(n) < 10_000) return fixed(n, Number.isInteger(n) || Math.abs(n) >= 100 ? 0 : 1);
  return n < 0 ? minus + written(-n) : written(n);
}

/** A whole number in full, thousands set apart: `850,000,000`. For what is exact: shoppers simulated, days, rows. */
export function inFull(n: number): string {
  return fixed(n, Number.isInteger(n) ? 0 : 2);
}

/**
 * So many of a thing, in full: `1 run`, `1,200 runs`.
 *
 * @example
 * ```ts
 * import { counted } from "#/server/format.ts";
 * import assert from "node:assert/strict";
 * assert.deepEqual([counted(1, "run"), counted(1_200, "run"), counted(2, "batch", "batches")], [
 *   "1 run",
 *   "1,200 runs",
 *   "2 batches",
 * ]);
 * ```
 */
export function counted(n: number, one: string, many = `${one}s`): string {
  return `${inFull(n)} ${n === 1 ? one : many}`;
}

/**
 * A number as it was said, thousands set apart and nothing rounded: for values of levers and assumptions.
 *
 * @example
 * ```ts
 * import { exactly } from "#/server/format.ts";
 * import assert from "node:assert/strict";
 * assert.deepEqual([exactly(12_500.125), exactly(-4_000), exactly(1e-7)], ["12,500.125", "\u22124,000", "1e-7"]);
 * ```
 */
export function exactly(value: number): string {
  const [whole, rest] = String(Math.abs(value)).split(".");
  const size = /^\d+$/.test(whole) ? thousands(Number(whole)) : whole;
  return (value < 0 ? minus : "") + (rest === undefined ? size : `${size}.${rest}`);
}

/**
 * A share of one as a percentage: one decimal from 10 % on, two below; what would read as nothing says so.
 *
 * @example
 * ```ts
 * import { share } from "#/server/format.ts";
 * import assert from "node:assert/strict";
 * assert.equal(share(0.1234), "12.3 %");
 * assert.equal(share(0.00001), "< 0.01 %");
 * ```
 */
export function share(part: number): string {
  const percent = 100 * part;
  if (percent !== 0 && Math.abs(percent) < 0.005) return percent < 0 ? `> ${minus}0.01 %` : "< 0.01 %";
  return `${fixed(percent, Math.abs(percent) >= 9.995 ? 1 : 2)} %`;
}

/**
 * An outcome in its unit; what is missing is a dash.
 *
 * @example
 * ```ts
 * import { inUnit } from "#/server/format.ts";
 * import assert from "node:assert/strict";
 * assert.equal(inUnit(0.0156, "share"), "1.56 %");
 * assert.equal(inUnit(null, "CNY"), "–");
 * ```
 */
export function inUnit(value: number | null | undefined, unit: Outcome["unit"] | string): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  switch (unit) {
    case "CNY":
      return money(value);
    case "HKD":
    case "JPY":
      return money(value).replace("CNY", unit);
    case "share":
      return share(value);
    case "people":
    case "purchases":
    case "uses":
    case "attributes":
    case "bills":
    case "plans":
    case "messages":
    case "notices":
    case "entries":
    case "breaches":
    case "deals":
    case "count":
      return count(value);
    default:
      return fixed(value, Math.abs(value) >= 100 || Number.isInteger(value) ? 0 : 1);
  }
}

/**
 * A difference in its unit, always with its sign; shares differ by percentage points (pp).
 *
 * @example
 * ```ts
 * import { difference } from "#/server/format.ts";
 * import assert from "node:assert/strict";
 * assert.equal(difference(0.0012, "share"), "+0.12 pp");
 * assert.equal(difference(-2_500_000, "CNY"), "\u2212CNY 2.50 m");
 * ```
 */
export function difference(value: number | null | undefined, unit: Outcome["unit"] | string): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  if (unit === "share") {
    const points = 100 * value;
    if (points !== 0 && Math.abs(points) < 0.005) return points < 0 ? `> ${minus}0.01 pp` : "< +0.01 pp";
    return `${points > 0 ? "+" : ""}${fixed(points, Math.abs(points) >= 9.995 ? 1 : 2)} pp`;
  }
  return (value > 0 ? "+" : "") + inUnit(value, unit);
}

/**
 * A difference with half its interval, both in the difference's unit: shares in percentage points.
 *
 * @example
 * ```ts
 * import { differenceAbout } from "#/server/format.ts";
 * import assert from "node:assert/strict";
 * assert.equal(differenceAbout(0.07, 0.0072, "share"), "+7.00 pp ± 0.72 pp");
 * assert.equal(differenceAbout(-2_500_000, Infinity, "CNY"), "\u2212CNY 2.50 m");
 * ```
 */
export function differenceAbout(
  value: number | null,
  half: number | null,
  unit: Outcome["unit"] | string,
): string {
  const said = difference(value, unit);
  if (value === null || half === null || !Number.isFinite(half)) return said;
  return `${said} ± ${difference(half, unit).replace(/^(<? ?)\+/, "$1")}`;
}

/**
 * How much larger or smaller one figure is than another, as a signed percentage; undefined without a base.
 *
 * @example
 * ```ts
 * import { relative } from "#/server/format.ts";
 * import assert from "node:assert/strict";
 * assert.equal(relative(100, 110), "+10.0 %");
 * assert.equal(relative(0, 110), undefined);
 * ```
 */
export function relative(base: number, value: number): string | undefined {
  if (!(Math.abs(base) > 0) || !Number.isFinite(value)) return undefined;
  const change = (value - base) / Math.abs(base);
  return (change > 0 ? "+" : "") + share(change).replace("> ", "").replace("< ", "");
}

/**
 * A text whose figures keep their units when a line breaks: no-break spaces between a number and what it counts.
 *
 * @example
 * ```ts
 * import { unbroken } from "#/server/format.ts";
 * import assert from "node:assert/strict";
 * assert.equal(unbroken("CNY 1.23 bn more"), "CNY\u00a01.23\u00a0bn more");
 * ```
 */
export function unbroken(text: string): string {
  return text.replace(/CNY (?=\d)/g, "CNY\u00a0").replace(
    /(\d) (?=(%|pp|tn|bn|m|k)(?![A-Za-z]))/g,
    "$1\u00a0",
  );
}

/**
 * A tick of an axis in CNY or in numbers: without the currency, `1.2 bn`. Ticks are round numbers already, so that six
 * digits drop none: fewer would make neighbours read the same.
 */
export function tick(value: number): string {
  if (value === 0) return "0";
  const [scaled, suffix] = scale(Math.abs(value));
  const [whole, rest] = Number(scaled.toPrecision(6)).toString().split(".");
  const text = fixed(Number(whole), 0) + (rest ? `.${rest}` : "");
  return `${value < 0 ? minus : ""}${text}${suffix && thin + suffix}`;
}

/** A tick of an axis in shares: `12 %`, with as many digits as {@link tick}. */
export function shareTick(value: number): string {
  return `${Number((100 * value).toPrecision(6))}${thin}%`.replace("-", minus);
}

/**
 * Points or a weight with their sign: `+12`, `−0.44`, `0`.
 *
 * @example
 * ```ts
 * import { signed } from "#/server/format.ts";
 * import assert from "node:assert/strict";
 * assert.deepEqual([signed(12), signed(-0.4421, 2), signed(0)], ["+12", "\u22120.44", "0"]);
 * ```
 */
export function signed(value: number, decimals = Number.isInteger(value) ? 0 : 1): string {
  const text = fixed(value, decimals);
  return value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

/** The first seven characters of a hash: enough to tell runs apart on a page. */
export function shortHash(hash: string): string {
  return hash.slice(0, 7);
}

const steps: [number, string][] = [[1e12, "tn"], [1e9, "bn"], [1e6, "m"], [1e3, "k"]];

function scale(size: number): [number, string] {
  for (const [step, suffix] of steps) {
    if (size >= step * 0.9995) return [size / step, suffix];
  }
  return [size, ""];
}

/** Three significant digits of a size that is not negative, with its scale; below ten thousand to the unit. */
function written(size: number): string {
  if (size < 0.005) return "0";
  if (size < 10_000 && (size >= 100 || Number.isInteger(size))) return fixed(size, 0);
  const [scaled, suffix] = scale(size);
  const decimals = scaled >= 99.95 ? 0 : scaled >= 9.995 ? 1 : 2;
  return suffix ? `${scaled.toFixed(decimals)} ${suffix}` : scaled.toFixed(decimals);
}

/** A number with a fixed count of decimals, thousands set apart by commas, a real minus sign. */
function fixed(value: number, decimals: number): string {
  const text = thousands(Math.abs(value), decimals);
  return value < 0 && /[1-9]/.test(text) ? minus + text : text;
}
