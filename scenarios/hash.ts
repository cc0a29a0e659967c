// One name for everything that a run supposes: the hash of its canonical text.

import { createHash } from "node:crypto";
import { canonicalStrict } from "#/model/units/canonical.ts";
import type { Supposition } from "#/scenarios/schema.ts";

/**
 * SHA-256, in hex, of a supposition's scenario and history in canonical form (RFC 8785).
 *
 * Shapes: a resolved supposition; its `name` does not count, so that a file and a copy of it have one hash.
 * Errors: what `canonicalStrict` refuses: NaN, infinities, minus zero, integers beyond 2^53.
 */
export function scenarioHash({ scenario, history }: Supposition): string {
  return createHash("sha256").update(canonicalStrict({ scenario, history })).digest("hex");
}
