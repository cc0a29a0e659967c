// The audit of a register: every entry read again, its hash and its place checked, every rule kept; the first fault is named.

import { entryHash, entrySchema, noEntry, type RegisterEntry } from "./entry.ts";
import { afterEvent, type Holding, refusals } from "./holdings.ts";

/** What an audit found: a whole chain with its counts, or the first entry that is broken and why. */
export type AuditFinding =
  | {
    whole: true;
    entries: number;
    head: string;
    receivables: number;
    pledged: number;
    discharged: number;
  }
  | { whole: false; line: number; why: string };

/**
 * Audits the text of a register.
 *
 * Shapes: one JSON object a line; `head` is the last hash as the auditor knows it from elsewhere, without which entries cut
 * off at the end cannot be seen. `line` counts from 1; a head that differs is told at the line after the last.
 * Errors: none; whatever is wrong comes back as a finding.
 *
 * @example
 * ```ts
 * import { auditRegister } from "#/model/funding/register/audit.ts";
 * import { jsonLines, Register } from "#/model/funding/register/register.ts";
 * import assert from "node:assert/strict";
 * const register = new Register();
 * register.record({ kind: "enter", receivable: "r1", day: 0, owner: "jd", faceFen: 500 });
 * register.record({ kind: "sale", receivable: "r1", day: 3, owner: "jd", to: "trust", priceFen: 490 });
 * const text = jsonLines(register.entries);
 * const whole = auditRegister(text, { head: register.head });
 * assert.ok(whole.whole && whole.entries === 2);
 * const changed = auditRegister(text.replace('"faceFen":500', '"faceFen":900'));
 * assert.ok(!changed.whole && changed.line === 1 && changed.why.includes("hash"));
 * ```
 */
export function auditRegister(text: string, { head }: { head?: string } = {}): AuditFinding {
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  const holdings = new Map<string, Holding>();
  let previous = noEntry, day = 0;
  for (const [i, line] of lines.entries()) {
    const broken = (why: string): AuditFinding => ({ whole: false, line: i + 1, why });
    const read = readEntry(line);
    if ("why" in read) return broken(read.why);
    const { entry } = read;
    if (entry.sequence !== i + 1) return broken(`its sequence is ${entry.sequence}, ${i + 1} was to come`);
    if (entry.previous !== previous) {
      return broken(`it names ${short(entry.previous)} as the entry before, which is ${short(previous)}`);
    }
    const hash = entryHash(entry);
    if (entry.hash !== hash) {
      return broken(`its hash is ${short(entry.hash)}, what it says gives ${short(hash)}`);
    }
    if (entry.event.day < day) return broken(`day ${entry.event.day}: ${refusals.earlier}`);
    const after = afterEvent(entry.event, holdings.get(entry.event.receivable));
    if ("refused" in after) return broken(after.text);
    holdings.set(entry.event.receivable, after);
    [previous, day] = [entry.hash, entry.event.day];
  }
  if (head !== undefined && head !== previous) {
    return {
      whole: false,
      line: lines.length + 1,
      why: `the chain ends in ${short(previous)}, not in ${short(head)}`,
    };
  }
  const all = [...holdings.values()];
  return {
    whole: true,
    ...{ entries: lines.length, head: previous, receivables: all.length },
    pledged: all.filter(({ pledgee }) => pledgee !== null).length,
    discharged: all.filter(({ isDischarged }) => isDischarged).length,
  };
}

const short = (hash: string) => hash === noEntry ? "none" : hash.slice(0, 12);

function readEntry(line: string): { entry: RegisterEntry } | { why: string } {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { why: "it is no JSON" };
  }
  // A key said twice would be read once: the line must say what it is read as, and nothing besides.
  if (JSON.stringify(value) !== line) {
    return { why: "it says more than is read from it: a key twice, or blanks" };
  }
  const parsed = entrySchema.safeParse(value);
  if (parsed.success) return { entry: parsed.data };
  const { path, message } = parsed.error.issues[0];
  return { why: `it is no entry: ${path.join(".") || "the line"}: ${message}` };
}
