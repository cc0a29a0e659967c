// Scores meet at a licensed bureau: each issuer hands over its score, no data, and gets one that knows both.

import type { Fusion } from "./registry.ts";

/** Both scores and the bureau's record; of expert scores the mean. A missing partner leaves the own score as it is. */
export const stacked: Fusion = {
  title: "scores meet at a licensed bureau",
  data: ["bureau"],
  crosses: "score",
  seesOtherLine: true,
  law: [
    { from: "2013-03-15", status: "ungoverned", source: "no rule named the exchange of scores before 2022" },
    {
      from: "2022-01-01",
      status: "lawful",
      source: "Measures for the Administration of Credit Reporting Business (PBoC Order 2021 No. 4)",
    },
  ],
  fuse: (ownPoints, otherPoints) => otherPoints === otherPoints ? (ownPoints + otherPoints) / 2 : ownPoints,
};
