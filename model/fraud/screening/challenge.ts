// Step-up: before a doubtful payment goes on, whoever pays has to prove to be the account's owner.

import { reason } from "#/model/reasons.ts";

/** How challenges go, from the scenario. Shares in bps of the challenges of honest people, and of strangers. */
export interface ChallengeTerms {
  honestFailBps: number;
  honestAbandonBps: number;
  strangerPassBps: number;
  strangerAbandonBps: number;
  secondsPerTry: number;
  /** Tries until a challenge counts as failed. */
  triesMax: number;
}

/** How a challenge ends. */
export const challengeOutcome = { passed: 0, failed: 1, abandoned: 2 } as const;

/**
 * How one challenge ends: the account's owner mostly passes, a stranger rarely does.
 *
 * Shapes and units: `u` one uniform; low ones pass, high ones give up, so that raising one share takes only from the
 * others and nobody who passed at a low share of passing fails at a higher one. Where the shares of strangers exceed the
 * whole, passing comes first; where those of honest people do, giving up does. Result one of `challengeOutcome`.
 * Errors: none. Source: assumption; of 3-D Secure challenges 10 to 15 % were given up and 20 % failed before version 2
 * (Mastercard, 2017), 85.5 % were approved under the European rules (Netcetera, 2021).
 *
 * @example
 * ```ts
 * import { challenge, challengeOutcome } from "#/model/fraud/screening/challenge.ts";
 * import assert from "node:assert/strict";
 * const terms = { honestFailBps: 300, honestAbandonBps: 500, strangerPassBps: 400, strangerAbandonBps: 6_000,
 *   secondsPerTry: 20, triesMax: 3 };
 * assert.equal(challenge(0.5, false, terms), challengeOutcome.passed);
 * assert.equal(challenge(0.5, true, terms), challengeOutcome.abandoned);
 * assert.equal(challenge(0.2, true, terms), challengeOutcome.failed);
 * ```
 */
export function challenge(
  u: number,
  stranger: boolean,
  { honestFailBps, honestAbandonBps, strangerPassBps, strangerAbandonBps }: ChallengeTerms,
): number {
  const passBps = stranger ? strangerPassBps : 10_000 - honestFailBps - honestAbandonBps;
  const abandonBps = stranger ? strangerAbandonBps : honestAbandonBps;
  const place = u * 10_000;
  if (place < passBps) return challengeOutcome.passed;
  return place < 10_000 - abandonBps ? challengeOutcome.failed : challengeOutcome.abandoned;
}

/**
 * The seconds that a challenge takes: one try to pass or to give up, all tries to fail.
 *
 * @example
 * ```ts
 * import { challengeOutcome, challengeSeconds } from "#/model/fraud/screening/challenge.ts";
 * import assert from "node:assert/strict";
 * assert.equal(challengeSeconds(challengeOutcome.passed, { secondsPerTry: 20, triesMax: 3 }), 20);
 * assert.equal(challengeSeconds(challengeOutcome.failed, { secondsPerTry: 20, triesMax: 3 }), 60);
 * ```
 */
export function challengeSeconds(
  outcome: number,
  { secondsPerTry, triesMax }: { secondsPerTry: number; triesMax: number },
): number {
  return outcome === challengeOutcome.failed ? secondsPerTry * triesMax : secondsPerTry;
}

/** The reason of refusal that a challenge gives, or `reason.none` when it was passed. Shapes: one of `challengeOutcome`. */
export function challengeReason(outcome: number): number {
  if (outcome === challengeOutcome.passed) return reason.none;
  return outcome === challengeOutcome.failed ? reason.challengeFailed : reason.challengeAbandoned;
}
