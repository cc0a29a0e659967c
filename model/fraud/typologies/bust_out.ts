// Bust-out: a real customer of two issuers draws both lines to the limit and is gone.

import { overTheDay, splitAvailableFen } from "./attempt.ts";
import { plotNeed } from "./needs.ts";
import type { Typology } from "./registry.ts";

/**
 * Somebody who holds both lines decides to leave and not to pay. Within days both are drawn to the limit, in purchases small
 * enough to pass. An issuer that sees its own line alone sees half of the burst; together they would see all of it. A
 * refusal on one line does not stop it. No dispute follows, and no payment: it ends as a credit loss of both.
 */
export const bustOut: Typology = {
  title: "bust-out across two issuers",
  code: 5,
  actor: "holder",
  draws: "allHeld",
  device: "own",
  place: "home",
  shop: "any",
  needs: plotNeed.bothLines,
  says: ["attempts", "days"],
  sizedBy: "available",
  amountFen: splitAvailableFen,
  minute: overTheDay,
  stopsWhenRefused: false,
  recurs: false,
  repays: false,
  disputes: false,
};
