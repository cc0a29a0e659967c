// Kiting: one line repays the other.

import { neededFen, overTheDay } from "./attempt.ts";
import { plotNeed } from "./needs.ts";
import type { Typology } from "./registry.ts";

/**
 * A holder of both lines cannot pay line A on its due day. A complicit merchant turns line B into cash, less a fee, and the
 * cash pays A in full and on time; next month it goes the other way. Both issuers see a customer who always pays, while the
 * debt grows by the fees, until neither line has room for the other's bill and the lateness of months shows at once.
 *
 * The attempt is sized by the purchase that leaves the bill in cash: `purchaseForCashFen` in cash.ts.
 */
export const kiting: Typology = {
  title: "kiting of one line by the other",
  code: 7,
  actor: "holder",
  draws: "otherThanDue",
  device: "own",
  place: "home",
  shop: "complicit",
  needs: plotNeed.bothLines | plotNeed.trouble | plotNeed.billDue,
  says: [],
  sizedBy: "billDue",
  amountFen: neededFen,
  minute: overTheDay,
  stopsWhenRefused: true,
  recurs: true,
  repays: true,
  disputes: false,
};
