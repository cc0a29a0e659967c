// Device ring: many accounts, one telephone.

import { aroundMedianFen, inOneSpree } from "./attempt.ts";
import { plotNeed } from "./needs.ts";
import type { Typology } from "./registry.ts";

/**
 * A ring has collected accounts, stolen or bought, and works through them in turn on a handful of devices. Each account
 * makes few purchases of ordinary size, and the device feigns to be near the holder's home, so that the account looks quiet
 * by itself. Only the device, on which one account follows the other, gives the ring away, and the sooner the more of its
 * accounts a screener can see. An account that is refused is dropped for the next. The holders dispute, those who sold
 * their account as well.
 *
 * `uStart` of an attempt belongs to the ring and the day, not to the account: the accounts of a ring act together.
 */
export const deviceRing: Typology = {
  title: "ring with shared devices",
  code: 6,
  actor: "stranger",
  draws: "firstThatWorks",
  device: "ring",
  place: "home",
  shop: "any",
  needs: plotNeed.line,
  says: ["attempts", "spreeMinutes"],
  sizedBy: "usual",
  amountFen: aroundMedianFen,
  minute: inOneSpree,
  stopsWhenRefused: true,
  recurs: false,
  repays: false,
  disputes: true,
};
