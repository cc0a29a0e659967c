// Synthetic identity: the customer does not exist.

import { overTheDay, splitAvailableFen } from "./attempt.ts";
import { plotNeed } from "./needs.ts";
import type { Typology } from "./registry.ts";

/**
 * A person made of true and invented particulars opens lines, buys little and pays on time for months, so that the limits
 * grow; then, within days, every line is spent to the limit and nobody is left to pay. No victim disputes: the issuer books
 * it as a credit loss and blames its scorecard. Known in the trade as a sleeper; it is grown for 12 to 24 months in the
 * published cases.
 */
export const syntheticIdentity: Typology = {
  title: "synthetic identity",
  code: 2,
  actor: "holder",
  draws: "allHeld",
  device: "own",
  place: "home",
  shop: "any",
  needs: plotNeed.line | plotNeed.invented | plotNeed.seasoned,
  says: ["attempts", "days"],
  sizedBy: "available",
  amountFen: splitAvailableFen,
  minute: overTheDay,
  stopsWhenRefused: false,
  recurs: false,
  repays: false,
  disputes: false,
};
