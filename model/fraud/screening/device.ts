// A device that the account has never been used on.

import { reason } from "#/model/reasons.ts";
import type { FraudRule } from "./registry.ts";

/** Struck on the first sight of the account on a device: a thief's, or a new telephone. */
export const device: FraudRule = {
  looksAt: "whether the account has been seen on this device before (device data)",
  uses: "device",
  reason: reason.device,
  triggers: (facts) => facts.newDevice === 1,
};
