// The platforms compare their customer files and link what looks alike; used only for shoppers who agreed to it.

import type { IdentityPolicy } from "./registry.ts";

/** Names, birthdays, telephones and districts are compared: some pairs are missed, and some are wrong. */
export const recordLinkage: IdentityPolicy = {
  title: "linked where customer files match",
  needs: ["consented", "matched"],
  finds: "records",
};
