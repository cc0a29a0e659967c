// One device that serves too many accounts.

import { reason } from "#/model/reasons.ts";
import type { FraudRule } from "./registry.ts";

/** Struck when the device has been seen with more accounts than a household has: the mark of a ring. */
export const accountsOnDevice: FraudRule = {
  looksAt: "how many accounts have been seen on this device (device data)",
  uses: "device",
  reason: reason.sharedDevice,
  triggers: (facts, terms) => facts.accountsOnDevice > terms.accountsOnDeviceMax,
};
