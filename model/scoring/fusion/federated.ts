// One score over everybody's data that nobody sees: each owner adds its part of the sum behind masks that cancel.

import type { Fusion } from "./registry.ts";

/** A vertical logistic regression with masked sums; of expert scores the mean. */
export const federated: Fusion = {
  title: "one score by masked sums over everybody's data",
  data: ["jd", "ant", "wallet", "bank", "bureau"],
  crosses: "maskedSums",
  seesOtherLine: true,
  law: [
    { from: "2013-03-15", status: "ungoverned", source: "no rule named joint computation before 2021" },
    {
      from: "2021-11-01",
      status: "ungoverned",
      source:
        "Personal Information Protection Law (2021), articles 13 and 23: with separate consent; no rule on credit scores by joint computation",
    },
  ],
  fuse: (ownPoints, otherPoints) => otherPoints === otherPoints ? (ownPoints + otherPoints) / 2 : ownPoints,
};
