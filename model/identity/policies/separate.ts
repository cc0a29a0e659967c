// Each platform keeps its own accounts: nobody is recognised on the other side.

import type { IdentityPolicy } from "./registry.ts";

/** Today's world: no link exists, whatever was agreed to. */
export const separate: IdentityPolicy = {
  title: "accounts stay separate",
  needs: [],
  finds: "nothing",
};
