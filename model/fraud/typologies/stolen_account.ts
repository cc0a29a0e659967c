// Stolen account: a stranger has the victim's log-in.

import { aroundMedianFen, inOneSpree } from "./attempt.ts";
import { plotNeed } from "./needs.ts";
import type { Typology } from "./registry.ts";

/**
 * Account takeover. A stranger has got hold of somebody's log-in, by phishing or from a leak, and spends the victim's lines
 * from another telephone, somewhere else, in one short spree: goods that sell again easily, in any shop, until the first
 * refusal. The victim sees the notices, disputes everything, and owes nothing.
 */
export const stolenAccount: Typology = {
  title: "stolen account",
  code: 1,
  actor: "stranger",
  draws: "firstThatWorks",
  device: "stranger",
  place: "anywhere",
  shop: "any",
  needs: plotNeed.line,
  says: ["attempts", "spreeMinutes", "medianFen"],
  sizedBy: "stated",
  amountFen: aroundMedianFen,
  minute: inOneSpree,
  stopsWhenRefused: true,
  recurs: false,
  repays: false,
  disputes: true,
};
