// Friendly fraud: the holder bought it, has it, and says "it was not me".

import { aroundMedianFen, overTheDay } from "./attempt.ts";
import { plotNeed } from "./needs.ts";
import type { Typology } from "./registry.ts";

/**
 * First-party misuse. An account in good standing buys as it always does, in a shop that it knows, on its own telephone;
 * the goods arrive, and then the holder disputes the purchase as somebody else's. Nothing gives it away before; who bears
 * it depends on whether it can be proved that the holder was there. Everything else that the holder owes is paid.
 */
export const friendlyFraud: Typology = {
  title: "friendly fraud",
  code: 3,
  actor: "holder",
  draws: "firstThatWorks",
  device: "own",
  place: "home",
  shop: "usual",
  needs: plotNeed.line,
  says: [],
  sizedBy: "usual",
  amountFen: aroundMedianFen,
  minute: overTheDay,
  stopsWhenRefused: true,
  recurs: false,
  repays: true,
  disputes: true,
};
