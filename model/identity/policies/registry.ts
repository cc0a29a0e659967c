// Identity policies: who is recognised on the other platform. A new policy is a file and a line here.

import { consentedLink } from "./consented_link.ts";
import { separate } from "./separate.ts";

/** Decides whether one shopper's two accounts are seen as one person. */
export interface IdentityPolicy {
  /** In words, for reports. */
  title: string;
  /** `consented`: a live consent exists; `revoked`: the credential behind it was revoked. */
  links(consented: boolean, revoked: boolean): boolean;
}

/** All policies, by the name a scenario says. */
export const policies = { separate, consentedLink } satisfies Record<string, IdentityPolicy>;
