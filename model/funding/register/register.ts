// The register of receivables: a chain of entries, and who owns what after them.

import { entryHash, noEntry, type RegisterEntry, type RegisterEvent } from "./entry.ts";
import { afterEvent, type Holding, type Refusal, refusals } from "./holdings.ts";

/** All that a {@link Register} is, as plain data. */
export interface RegisterSnapshot {
  entries: RegisterEntry[];
  holdings: [string, Holding][];
}

/**
 * A register that grows by events that keep its rules.
 *
 * @example
 * ```ts
 * import { Register } from "#/model/funding/register/register.ts";
 * import assert from "node:assert/strict";
 * const register = new Register();
 * register.record({ kind: "enter", receivable: "r1", day: 0, owner: "jd", faceFen: 500 });
 * register.record({ kind: "pledge", receivable: "r1", day: 1, owner: "jd", pledgee: "bank" });
 * const twice = register.record({ kind: "pledge", receivable: "r1", day: 1, owner: "jd", pledgee: "trust" });
 * assert.ok("refused" in twice && twice.refused === "doublePledge");
 * assert.equal(register.entries.length, 2);
 * assert.equal(register.holding("r1")!.pledgee, "bank");
 * ```
 */
export class Register {
  readonly #entries: RegisterEntry[] = [];
  readonly #holdings = new Map<string, Holding>();

  /** The chain so far. */
  get entries(): readonly RegisterEntry[] {
    return this.#entries;
  }

  /** The hash of the last entry. */
  get head(): string {
    return this.#entries.at(-1)?.hash ?? noEntry;
  }

  /** A register with the same entries that goes its own way from here; entries and holdings are never changed. */
  copy(): Register {
    return Register.restored(this.snapshot());
  }

  /** All that the register is, as plain data that shares its entries: for {@link Register.restored}. */
  snapshot(): RegisterSnapshot {
    return { entries: [...this.#entries], holdings: [...this.#holdings] };
  }

  /** The register of a {@link Register.snapshot}. */
  static restored({ entries, holdings }: RegisterSnapshot): Register {
    const twin = new Register();
    for (const entry of entries) twin.#entries.push(entry);
    for (const [receivable, holding] of holdings) twin.#holdings.set(receivable, holding);
    return twin;
  }

  /** A receivable as it stands, or undefined. */
  holding(receivable: string): Readonly<Holding> | undefined {
    return this.#holdings.get(receivable);
  }

  /** Records an event, or gives the reason for which it is refused; a refused event leaves no trace. */
  record(event: RegisterEvent): RegisterEntry | Refusal {
    const last = this.#entries.at(-1);
    if (last && event.day < last.event.day) {
      return { refused: "earlier", text: `${event.kind} of ${event.receivable}: ${refusals.earlier}` };
    }
    const after = afterEvent(event, this.#holdings.get(event.receivable));
    if ("refused" in after) return after;
    const entry = { sequence: this.#entries.length + 1, previous: this.head, event: { ...event } };
    const chained = { ...entry, hash: entryHash(entry) };
    this.#entries.push(chained);
    this.#holdings.set(event.receivable, after);
    return chained;
  }
}

/** The entries as text, one JSON object a line. */
export const jsonLines = (entries: readonly RegisterEntry[]): string =>
  entries.map((entry) => `${JSON.stringify(entry)}\n`).join("");
