// The unit of a scenario key is part of its name: `prefundingCny`, `waitBps`, `chargeOffDpd`.

/** The units that an assumption may name. `count` is a whole number of things, `day of month` runs from 1 to 28. */
export const units = [
  "bps",
  "ppm",
  "CNY",
  "days",
  "day of month",
  "minutes",
  "points",
  "steps",
  "km",
  "fen",
  "seconds",
  "count",
] as const;
/** A unit that an assumption may name. */
export type Unit = typeof units[number];

const unitWords: Record<string, Unit> = {
  bps: "bps",
  ppm: "ppm",
  cny: "CNY",
  days: "days",
  day: "days",
  dpd: "days",
  minutes: "minutes",
  minute: "minutes",
  points: "points",
  steps: "steps",
  km: "km",
  fen: "fen",
  seconds: "seconds",
};
const strangeWords = [
  ..."yuan rmb usd percent pct permille hundred thousand million months month weeks week years year"
    .split(" "),
  ..."hours hour second ms share ratio rate miles metres".split(" "),
];

const words = (key: string) => key.split(/(?=[A-Z])|(?<=[a-z])(?=\d)/).map((word) => word.toLowerCase());

/**
 * The unit that a key's name says: its last unit word, once `PerDay`, `PerThousandDays` or `OfMonth` at its end are left out;
 * a key without one has the unit of the group that it is in (`creditDiscountBps.alipay`).
 *
 * Shapes: the dotted path of a number.
 *
 * @example
 * ```ts
 * import { unitOf } from "#/scenarios/units.ts";
 * import assert from "node:assert/strict";
 * assert.equal(unitOf("clearing.prefundingCny"), "CNY");
 * assert.equal(unitOf("credit.huabei.lateFeePpmPerDay"), "ppm");
 * assert.equal(unitOf("world.merchants"), "count");
 * ```
 */
export function unitOf(path: string): Unit {
  if (/DayOfMonth$/.test(path)) return "day of month";
  for (const key of path.split(".").reverse()) {
    const last = words(key.replace(/Per(Thousand)?[A-Z][a-z]+$/, "")).findLast((word) => word in unitWords);
    if (last !== undefined) return unitWords[last];
  }
  return "count";
}

/**
 * The allowed key that says the same in another unit, if there is one: `prefundingFen` for `prefundingCny`.
 *
 * Shapes: a key that is not allowed, and those that are.
 *
 * @example
 * ```ts
 * import { sameInOtherUnit } from "#/scenarios/units.ts";
 * import assert from "node:assert/strict";
 * assert.equal(sameInOtherUnit("prefundingFen", ["banks", "prefundingCny"]), "prefundingCny");
 * assert.equal(sameInOtherUnit("banks", ["prefundingCny"]), undefined);
 * ```
 */
export function sameInOtherUnit(found: string, allowed: readonly string[]): string | undefined {
  const bare = (key: string) =>
    words(key).filter((word) => !(word in unitWords) && !strangeWords.includes(word)).join(" ");
  const stem = bare(found);
  return stem === "" ? undefined : allowed.find((key) => key !== found && bare(key) === stem);
}

/** The whole number that a text such as `5%`, `300m` or `12:30` means in a unit, where that is plain. */
export function inUnit(text: string, unit: Unit): number | undefined {
  const [, digits, word] = /^\s*(-?\d+(?:\.\d+)?)\s*([\p{L}%‰]*)\s*$/u.exec(text) ?? [];
  if (digits === undefined) {
    const [, hours, minutes] = /^(\d{1,2}):([0-5]\d)$/.exec(text) ?? [];
    return unit === "minutes" && hours !== undefined ? Number(hours) * 60 + Number(minutes) : undefined;
  }
  const said = word.toLowerCase();
  const factor = factors[said]?.[unit] ?? (said === unit.toLowerCase() || said === "" ? 1 : 0);
  const exact = Number(digits) * factor, value = Math.round(exact);
  const whole = Number.isSafeInteger(value) && Math.abs(exact - value) < 1e-6;
  return factor > 0 && whole ? value + 0 : undefined;
}

const factors: Record<string, Partial<Record<Unit, number>>> = {
  "%": { bps: 100, ppm: 10_000 },
  "‰": { bps: 10, ppm: 1_000 },
  k: { CNY: 1e3, count: 1e3 },
  m: { CNY: 1e6, count: 1e6 },
  mn: { CNY: 1e6, count: 1e6 },
  bn: { CNY: 1e9, count: 1e9 },
  yuan: { CNY: 1 },
  rmb: { CNY: 1 },
  d: { days: 1 },
  h: { minutes: 60 },
  min: { minutes: 1 },
};
