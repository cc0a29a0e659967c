// The targets of a calibration: published figures with their dates, and which assumptions may be searched for them.

import { join } from "node:path";
import { z } from "zod";
import { buckets } from "#/model/credit/delinquency.ts";
import { issuerOf, products } from "#/model/names.ts";
import { library } from "#/scenarios/chain.ts";
import { type Complaint, listed, meant, ScenarioError, shown } from "#/scenarios/complain.ts";
import { explain } from "#/scenarios/explain.ts";
import { parse } from "#/scenarios/parse.ts";
import { readText } from "#/scenarios/read.ts";
import type { Shape } from "#/scenarios/shape.ts";
import { originOf, placeOf, plain } from "#/scenarios/tree.ts";

/** Where an account can stand a month later: in a bucket, paid in full, or written off. */
export const rollStates = [...buckets, "paid", "writtenOff"] as const;
/** One of {@link rollStates}. */
export type RollState = typeof rollStates[number];

const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const books = z.array(z.enum(products)).min(1).max(products.length);
const window = z.tuple([date, date]);
const months = z.int().min(1).max(60);

const common = {
  name: z.string().regex(/^[a-z][A-Za-z0-9]*$/).max(60),
  title: z.string().min(3).max(120),
  value: z.number(),
  low: z.number(),
  high: z.number(),
  /** Times its misses count in a search; 1 unless said. */
  weight: z.number().positive().max(100).optional(),
  denominator: z.string().min(3).max(200),
  source: z.string().min(3).max(300),
  searched: z.boolean(),
};

/** One target: a published figure, and what of a run it is compared with. */
export const targetSchema = z.discriminatedUnion("reads", [
  z.strictObject({
    reads: z.literal("lateShare"),
    of: books,
    dpd: z.literal([30, 60, 90]),
    on: date,
    ...common,
  }),
  z.strictObject({
    reads: z.literal("lateRise"),
    of: books,
    dpd: z.literal([30, 60, 90]),
    since: date,
    on: date,
    ...common,
  }),
  z.strictObject({ reads: z.literal("balancePerActiveUser"), of: books, on: date, ...common }),
  z.strictObject({ reads: z.literal("activeUsers"), of: books, on: date, ...common }),
  z.strictObject({
    reads: z.literal("roll"),
    of: books,
    from: z.array(z.enum(buckets)).min(1),
    to: z.array(z.enum(rollStates)).min(1),
    between: window,
    ...common,
  }),
  z.strictObject({
    reads: z.literal("vintage"),
    of: books,
    monthsOnBook: months,
    between: window,
    ...common,
  }),
  z.strictObject({
    reads: z.literal("vintageSlope"),
    of: books,
    monthsOnBook: z.tuple([months, months]),
    between: window,
    ...common,
  }),
  z.strictObject({ reads: z.literal("outcome"), outcome: z.string().min(1).max(80), ...common }),
]);

/** Everything that a file of targets says. */
export const targetsSchema = z.strictObject({
  title: z.string().min(3).max(160),
  world: z.enum(["world2019"]),
  free: z.array(z.string().min(1).max(120)).min(1).max(20),
  forbidden: z.array(z.strictObject({ path: z.string().min(1).max(120), why: z.string().min(3).max(200) }))
    .max(200),
  targets: z.array(targetSchema).min(1).max(100),
}).meta({ title: "Targets of a Hutong calibration" });

/** One target. */
export type Target = z.infer<typeof targetSchema>;

/** A file of targets, read and checked. */
export interface Targets extends z.infer<typeof targetsSchema> {
  /** The file as shown to people. */
  file: string;
  /** SHA-256, in hex, of its bytes. */
  sha256: string;
}

/** The unit in which a target is told; `null` where a run decides. */
export function unitOfTarget({ reads }: Pick<Target, "reads">): "share" | "CNY" | "people" | "times" | null {
  if (reads === "outcome") return null;
  if (reads === "lateRise") return "times";
  if (reads === "balancePerActiveUser") return "CNY";
  return reads === "activeUsers" ? "people" : "share";
}

/**
 * Reads the shipped targets, or those of a path.
 *
 * Errors: {@link ScenarioError} with the file and line for what the schema refuses, a value outside its own range, a range
 * upside down, a name said twice, a day that is none or a window upside down, months on book that do not rise.
 *
 * @example
 * ```ts
 * import { readTargets } from "#/scenarios/targets.ts";
 * import assert from "node:assert/strict";
 * const { targets } = readTargets();
 * assert.ok(targets.filter(({ searched }) => !searched).length * 3 >= targets.length);
 * ```
 */
export function readTargets(path?: string): Targets {
  const from = library();
  const file = path ?? `${from.shown}/targets.yaml`;
  const read = readText(path ?? join(from.folder, "targets.yaml"));
  if ("fault" in read) {
    const place = read.line > 0 ? `${file}:${read.line}` : file;
    throw new ScenarioError([{ place, path: "", text: read.fault }]);
  }
  const tree = parse(read.text, file);
  const parsed = targetsSchema.safeParse(plain(tree));
  if (!parsed.success) {
    throw new ScenarioError(explain(parsed.error.issues, tree, z.toJSONSchema(targetsSchema) as Shape));
  }
  const complaints: Complaint[] = [];
  const complain = (path: string, text: string) =>
    void complaints.push({ place: placeOf(originOf(tree, path.split("."))), path, text });
  const names = parsed.data.targets.map(({ name }) => name);
  for (const [i, target] of parsed.data.targets.entries()) {
    const at = `targets.${i}`, { name, value, low, high } = target;
    if (names.indexOf(name) < i) {
      complain(`${at}.name`, `found ${shown(name)} a second time; allowed is once`);
    }
    if (!(low < high)) {
      complain(`${at}.low`, `found ${low} to ${high}; the low end must be below the high end`);
    } else if (!(value >= low && value <= high)) {
      complain(`${at}.value`, `found ${value}; allowed is its range ${low} to ${high}`);
    }
    checkWindow(target, (key, text) => complain(`${at}.${key}`, text));
  }
  for (const [i, { path }] of parsed.data.forbidden.entries()) {
    if (/\*./.test(path)) {
      complain(`forbidden.${i}.path`, `found ${shown(path)}; allowed is one * at the end`);
    }
  }
  if (complaints.length > 0) throw new ScenarioError(complaints);
  return { ...parsed.data, file, sha256: read.sha256 };
}

function checkWindow(target: Target, complain: (key: string, text: string) => void): void {
  const isDay = (key: string, text: string) => {
    const day = new Date(`${text}T00:00:00Z`);
    const sound = !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
    if (!sound) complain(key, `found ${shown(text)}; allowed is a day of the calendar`);
    return sound;
  };
  if ("on" in target) isDay("on", target.on);
  if ("since" in target && isDay("since", target.since) && target.since >= target.on) {
    complain("since", `found ${target.since}; allowed is a day before ${target.on}`);
  }
  if ("between" in target) {
    const [from, to] = target.between;
    if (isDay("between.0", from) && isDay("between.1", to) && from >= to) {
      complain("between.0", `found ${from}; allowed is a day before ${to}`);
    }
  }
  if (target.reads === "vintageSlope" && target.monthsOnBook[0] >= target.monthsOnBook[1]) {
    complain("monthsOnBook", `found ${target.monthsOnBook.join(" to ")}; allowed are months that rise`);
  }
}

const own: readonly string[] = [...products, ...Object.values(issuerOf)];

/**
 * Why an assumption may not be searched; `undefined` where it may.
 *
 * Shapes: a dotted path. A path with a product or an issuer in it is refused whatever the file says, since it would act
 * directly on that issuer's book.
 *
 * @example
 * ```ts
 * import { readTargets, whyForbidden } from "#/scenarios/targets.ts";
 * import assert from "node:assert/strict";
 * const targets = readTargets();
 * assert.match(whyForbidden("credit.huabei.chargeOffDpd", targets)!, /directly/);
 * assert.equal(whyForbidden("behaviour.forgetBps", targets), undefined);
 * ```
 */
export function whyForbidden(path: string, { forbidden }: Pick<Targets, "forbidden">): string | undefined {
  const named = path.split(".").find((step) => own.includes(step));
  const said = forbidden.find((rule) =>
    rule.path.endsWith("*") ? path.startsWith(rule.path.slice(0, -1)) : path === rule.path
  );
  if (said) return said.why;
  return named && `it belongs to ${named} alone, so it acts directly on that issuer's default or balance`;
}

/** The searched targets, in file order. */
export const searchedOf = (targets: readonly Target[]): Target[] =>
  targets.filter(({ searched }) => searched);

/** Refuses a name that is none of some. Errors: {@link ScenarioError} with the nearest name. */
export function refuseUnless(
  place: string,
  found: string,
  { allowed, what }: { allowed: readonly string[]; what: string },
): void {
  if (allowed.includes(found)) return;
  throw new ScenarioError([{
    place,
    path: "",
    text: `found ${shown(found)}; allowed are ${what}: ${listed(allowed)}${meant(found, allowed)}`,
  }]);
}
