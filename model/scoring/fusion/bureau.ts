// Own data and what the credit bureau knows of all lines; nothing comes from the other issuer itself.

import type { Fusion } from "./registry.ts";

/** The own score with the bureau's record of lines, arrears and debts. */
export const bureau: Fusion = {
  title: "own data and the credit bureau",
  data: ["bureau"],
  crosses: "nothing",
  seesOtherLine: true,
  law: [{
    from: "2013-03-15",
    status: "lawful",
    source:
      "Regulation on the Administration of the Credit Reporting Industry (State Council Decree 631, 2013)",
  }],
  fuse: (ownPoints) => ownPoints,
};
