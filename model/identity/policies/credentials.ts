// The shopper presents a credential that both platforms accept: no consent or a revoked credential, no link.

import type { IdentityPolicy } from "./registry.ts";

/** One consented link per shopper, proved by what the shopper holds; never to the wrong person. */
export const credentials: IdentityPolicy = {
  title: "linked by the shopper's own credential",
  needs: ["consented", "credentialLive", "statusFresh"],
  finds: "presentation",
};
