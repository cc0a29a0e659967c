// Cash-out: a purchase of nothing, for money.

import { aroundMedianFen, overTheDay } from "./attempt.ts";
import { plotNeed } from "./needs.ts";
import type { Typology } from "./registry.ts";

/**
 * A holder who is short of cash "buys" from a merchant who delivers nothing, takes the platform's payment and hands it back
 * in cash, less a fee. The holder means to repay and mostly does, but defaults more often than others: a line that was to
 * be spent on goods has become a cash loan, at a price, of somebody in need. See model/fraud/typologies/cash.ts.
 */
export const cashOut: Typology = {
  title: "cash-out through a complicit merchant",
  code: 4,
  actor: "holder",
  draws: "firstThatWorks",
  device: "own",
  place: "home",
  shop: "complicit",
  needs: plotNeed.line | plotNeed.trouble,
  says: ["medianFen"],
  sizedBy: "stated",
  amountFen: aroundMedianFen,
  minute: overTheDay,
  stopsWhenRefused: true,
  recurs: false,
  repays: true,
  disputes: false,
};
