// Fraud typologies: the plots that people and strangers carry out. A new one is a file and a line here, at the end.

import type { AttemptFacts } from "./attempt.ts";
import { bustOut } from "./bust_out.ts";
import { cashOut } from "./cash_out.ts";
import { deviceRing } from "./device_ring.ts";
import { friendlyFraud } from "./friendly_fraud.ts";
import { kiting } from "./kiting.ts";
import { stolenAccount } from "./stolen_account.ts";
import { syntheticIdentity } from "./synthetic_identity.ts";

/**
 * A number that a scenario says of a typology, apart from how often it happens: attempts on each line that is drawn, the days
 * over which they are spread, the length of a spree, the median of an amount.
 */
export type PlotNumber = "attempts" | "days" | "spreeMinutes" | "medianFen";

/** One typology: who does what, with which line, on which device, where, how often, and what follows. */
export interface Typology {
  /** In words, for reports. */
  title: string;
  /** From 1 to 12, kept in a byte column and part of every result: never reuse or renumber. 0 is honest. */
  code: number;
  /** Who acts: somebody else with the account, or the person whose account it is. */
  actor: "stranger" | "holder";
  /** The lines that are drawn: the first that works in the shop, every line held, or the one whose bill is not due. */
  draws: "firstThatWorks" | "allHeld" | "otherThanDue";
  /** The device that pays: the account's own, one of the stranger's, or one that a ring uses for all its accounts. */
  device: "own" | "stranger" | "ring";
  /** Where that device is, or says that it is. */
  place: "home" | "anywhere";
  /** The shop: any, one of those where the account usually buys, or one that hands back cash for a fee. */
  shop: "any" | "usual" | "complicit";
  /** What must be true of the person: bits of `plotNeed`. */
  needs: number;
  /** The numbers that a scenario must say; one attempt on one day where it says none. */
  says: readonly PlotNumber[];
  /** What an attempt is sized by: a stated median, what the account usually pays, what is available, the bill that is due. */
  sizedBy: "stated" | "usual" | "available" | "billDue";
  /** The amount of an attempt, whole fen; 0 when there is not enough to try. */
  amountFen(facts: AttemptFacts): number;
  /** The minute of the day of an attempt, 420 to 1,439. */
  minute(facts: AttemptFacts): number;
  /** The first refusal ends the plot. */
  stopsWhenRefused: boolean;
  /** Taken up again at each later bill until an attempt is refused or too small. */
  recurs: boolean;
  /** What was bought is paid back like any other debt. */
  repays: boolean;
  /** The holder disputes the purchases afterwards: "it was not me". */
  disputes: boolean;
}

/** All typologies, by the name to which a scenario gives a rate; the order is that of their codes. */
export const typologies = {
  stolenAccount,
  syntheticIdentity,
  friendlyFraud,
  cashOut,
  bustOut,
  deviceRing,
  kiting,
} satisfies Record<string, Typology>;
/** The name of a typology. */
export type TypologyName = keyof typeof typologies;

/** The code of a purchase without a plot behind it. */
export const honest = 0;

/** The names of all typologies; the place is the code less 1. */
export const typologyNames = Object.keys(typologies) as readonly TypologyName[];

const inOrder: readonly Typology[] = typologyNames.map((name) => typologies[name]);

/**
 * The typology of a code.
 *
 * Errors: `RangeError` for a code that no typology has, 0 included: an honest purchase has no plot to ask.
 *
 * @example
 * ```ts
 * import { typologies, typologyOf } from "#/model/fraud/typologies/registry.ts";
 * import assert from "node:assert/strict";
 * assert.equal(typologyOf(5), typologies.bustOut);
 * assert.throws(() => typologyOf(0), /code 0/);
 * ```
 */
export function typologyOf(code: number): Typology {
  const typology = inOrder[code - 1];
  if (typology === undefined) {
    throw new RangeError(
      `Cannot find the typology of code ${code}: whole numbers from 1 to ${inOrder.length} are allowed`,
    );
  }
  return typology;
}

/**
 * Whether a dispute of this typology's purchases is a friendly one: the holder disputes what the holder bought.
 *
 * @example
 * ```ts
 * import { isFriendly, typologies } from "#/model/fraud/typologies/registry.ts";
 * import assert from "node:assert/strict";
 * assert.deepEqual([isFriendly(typologies.friendlyFraud), isFriendly(typologies.stolenAccount)], [true, false]);
 * ```
 */
export function isFriendly({ actor, disputes }: Typology): boolean {
  return actor === "holder" && disputes;
}
