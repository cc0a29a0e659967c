// A shopper who agreed is recognised on both platforms; who did not agree, or withdrew, is not.

import type { IdentityPolicy } from "./registry.ts";

/** One consented link per shopper: no consent, no link; a revoked credential, no link. */
export const consentedLink: IdentityPolicy = {
  title: "linked where the shopper agreed",
  links: (consented, revoked) => consented && !revoked,
};
