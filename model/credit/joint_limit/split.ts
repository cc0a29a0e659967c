// One limit over both lines, and what is bought across is granted by both issuers, each its part.

import { joint } from "./joint.ts";
import type { LimitRule } from "./registry.ts";

/** Limits move as in {@link joint}; loans across the bridge are granted in parts by a rule of joint granting. */
export const split: LimitRule = { ...joint, grantsTogether: true };
