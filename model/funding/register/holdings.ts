// Who owns which receivable and to whom it is pledged: the rules that an event must keep.

import type { RegisterEvent } from "./entry.ts";

/** A receivable in the register. */
export interface Holding {
  owner: string;
  faceFen: number;
  /** To whom it is pledged, or null. */
  pledgee: string | null;
  isDischarged: boolean;
}

/** Why an event is refused. */
export const refusals = {
  enteredBefore: "the receivable is in the register already",
  unknown: "the receivable is not in the register",
  discharged: "the receivable has been discharged",
  notOwner: "the party does not own the receivable",
  doublePledge: "the receivable is pledged already",
  pledged: "the receivable is pledged and must be released first",
  notPledgee: "the receivable is not pledged to the party",
  toItself: "the receivable cannot go to the one who has it",
  earlier: "the day lies before that of the entry before",
} as const;

/** A refusal by its name. */
export type RefusalName = keyof typeof refusals;

/** A refused event: which rule, and in words who and what. */
export interface Refusal {
  refused: RefusalName;
  text: string;
}

/**
 * What an event does to a receivable, or why it is refused. The holding that is given is not changed.
 *
 * Shapes: `before` is the receivable's holding, undefined while it is not in the register. One owner at a time, one pledge
 * at a time; a pledged receivable neither moves nor ends.
 *
 * @example
 * ```ts
 * import { afterEvent } from "#/model/funding/register/holdings.ts";
 * import assert from "node:assert/strict";
 * const held = { owner: "jd", faceFen: 500, pledgee: "bank", isDischarged: false };
 * const again = afterEvent({ kind: "pledge", receivable: "r1", day: 2, owner: "jd", pledgee: "other" }, held);
 * assert.ok("refused" in again && again.refused === "doublePledge");
 * const freed = afterEvent({ kind: "release", receivable: "r1", day: 2, pledgee: "bank" }, held);
 * assert.ok(!("refused" in freed) && freed.pledgee === null);
 * ```
 */
export function afterEvent(event: RegisterEvent, before: Holding | undefined): Holding | Refusal {
  const refuse = (refused: RefusalName, who: string): Refusal => ({
    refused,
    text: `${event.kind} of ${event.receivable}${who}: ${refusals[refused]}`,
  });
  if (event.kind === "enter") {
    if (before) return refuse("enteredBefore", ` for ${event.owner}`);
    return { owner: event.owner, faceFen: event.faceFen, pledgee: null, isDischarged: false };
  }
  const by = event.kind === "release" ? event.pledgee : event.owner;
  if (!before) return refuse("unknown", ` by ${by}`);
  if (before.isDischarged) return refuse("discharged", ` by ${by}`);
  if (event.kind === "release") {
    return before.pledgee === by ? { ...before, pledgee: null } : refuse("notPledgee", ` by ${by}`);
  }
  if (before.owner !== by) return refuse("notOwner", ` by ${by}, and ${before.owner} does`);
  if (event.kind === "pledge") {
    if (before.pledgee !== null) {
      return refuse("doublePledge", ` to ${event.pledgee}, and before to ${before.pledgee}`);
    }
    if (event.pledgee === before.owner) return refuse("toItself", ` to ${event.pledgee}`);
    return { ...before, pledgee: event.pledgee };
  }
  if (before.pledgee !== null) return refuse("pledged", ` by ${by} while pledged to ${before.pledgee}`);
  if (event.kind === "discharge") return { ...before, isDischarged: true };
  if (event.to === before.owner) return refuse("toItself", ` to ${event.to}`);
  return { ...before, owner: event.to };
}
