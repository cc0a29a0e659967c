// How a scenario file is refused: one line with the file, the line, the path, what was found, what is allowed.

/** One thing that is wrong. */
export interface Complaint {
  /** Where: `scenarios/interop.yaml:12`, or the option that said it (`--set`). */
  place: string;
  /** The dotted path in the scenario; empty when the fault is not at one key. */
  path: string;
  /** What was found and what is allowed. */
  text: string;
}

const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;
const printable = (text: string) =>
  text.replace(unprintable, (c) => `\\u${c.codePointAt(0)!.toString(16).padStart(4, "0")}`);

const worded = ({ place, path, text }: Complaint) =>
  printable([place, ...(path ? [path] : []), text].join(": "));

/**
 * A scenario that cannot be read. The message is one printable line: the first complaint, and how many more there are;
 * with `all` every complaint has a line of its own.
 *
 * Shapes: one or more {@link Complaint}s, the most telling first; all of them are kept in `complaints`. `hint` says, in a
 * few words, where the others can be had.
 *
 * @example
 * ```ts
 * import { ScenarioError } from "#/scenarios/complain.ts";
 * import assert from "node:assert/strict";
 * const error = new ScenarioError([{ place: "my.yaml:3", path: "seed", text: "missing" }]);
 * assert.equal(error.message, "my.yaml:3: seed: missing");
 * ```
 */
export class ScenarioError extends SyntaxError {
  /** Every complaint, the first of which is in the message. */
  readonly complaints: readonly Complaint[];

  constructor(complaints: readonly Complaint[], { all = false, hint = "" } = {}) {
    const others = complaints.length - 1;
    const more = others > 0 ? ` (and ${others} more${hint && `; ${hint}`})` : "";
    super(all ? complaints.map(worded).join("\n") : worded(complaints[0]) + more);
    this.name = "ScenarioError";
    this.complaints = complaints;
  }
}

/** Stops with one complaint. Errors: always a {@link ScenarioError}. */
export function refuse(place: string, path: string, text: string): never {
  throw new ScenarioError([{ place, path, text }]);
}

/**
 * A found value in few words: texts in quotes and cut at 60 characters, groups and lists by their size.
 *
 * @example
 * ```ts
 * import { shown } from "#/scenarios/complain.ts";
 * import assert from "node:assert/strict";
 * assert.equal(shown("5%"), '"5%"');
 * assert.equal(shown([1, 2]), "a list of 2");
 * assert.equal(shown(null), "nothing");
 * ```
 */
export function shown(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  if (typeof value === "string") return JSON.stringify(value.length > 60 ? `${value.slice(0, 59)}…` : value);
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === "object") return "a group of keys";
  return String(value);
}

/** Names in a row, at most 40 of them. */
export function listed(names: readonly string[]): string {
  const spare = names.length - 40;
  return names.slice(0, 40).join(", ") + (spare > 0 ? ` and ${spare} more` : "");
}

/**
 * The name that was probably meant: the fewest letters to add, drop, change or swap (optimal string alignment distance),
 * capitals aside; ties to the earlier name; nothing when more than a third of the letters differ.
 *
 * @example
 * ```ts
 * import { nearest } from "#/scenarios/complain.ts";
 * import assert from "node:assert/strict";
 * assert.equal(nearest("alipai", ["jd-mall", "alipay"]), "alipay");
 * assert.equal(nearest("zebra", ["jd-mall", "alipay"]), undefined);
 * ```
 */
export function nearest(found: string, names: readonly string[]): string | undefined {
  if (found.length > 200) return undefined;
  let best: string | undefined, least = Infinity;
  for (const name of names) {
    const far = distance(found.toLowerCase(), name.toLowerCase());
    if (far < least && far <= Math.max(1, Math.floor(Math.max(found.length, name.length) / 3))) {
      best = name;
      least = far;
    }
  }
  return best;
}

/** `; did you mean "alipay"?`, or nothing when no name is near. */
export function meant(found: string, names: readonly string[]): string {
  const name = nearest(found, names);
  return name === undefined ? "" : `; did you mean "${name}"?`;
}

function distance(a: string, b: string): number {
  let before: number[] = [], last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + change);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        row[j] = Math.min(row[j], before[j - 2] + 1);
      }
    }
    [before, last] = [last, row];
  }
  return last[b.length];
}
