// All raw data in one place: what could be known at most. Not lawful; every report that shows it says so.

import type { Fusion } from "./registry.ts";

/** One score over everybody's raw data; of expert scores the mean. */
export const pooled: Fusion = {
  title: "all raw data in one place",
  data: ["jd", "ant", "wallet", "bank", "bureau"],
  crosses: "rawData",
  seesOtherLine: true,
  law: [
    {
      from: "2013-03-15",
      status: "unlawful",
      source: "Decree 631 of 2013: collecting credit data without a licence for credit reporting",
    },
    {
      from: "2022-01-01",
      status: "unlawful",
      source: "PBoC Order 2021 No. 4: platforms may not hand individuals' data to lenders directly",
    },
  ],
  fuse: (ownPoints, otherPoints) => otherPoints === otherPoints ? (ownPoints + otherPoints) / 2 : ownPoints,
};
