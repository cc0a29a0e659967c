// One-time codes of a second factor: by counter (HOTP) and by time (TOTP).

import { createHmac, timingSafeEqual } from "node:crypto";
import { utf8 } from "./bytes.ts";
import type { EpochSecond } from "./instant.ts";
import { accept, guarded, refuse, type Verdict } from "./verdict.ts";

/** The hashes that codes may use. */
export const codeHashes = { SHA1: "sha1", SHA256: "sha256", SHA512: "sha512" } as const;

/** How codes are made. */
export interface CodeTerms {
  /** Digits of a code, 6 to 9. */
  digits?: number;
  hash?: keyof typeof codeHashes;
}

/** How codes by time are made: seconds that a code lasts, and where its counting starts. */
export interface TimedCodeTerms extends CodeTerms {
  periodSeconds?: number;
}

/**
 * The code of a counter.
 *
 * Shapes: `secret` raw bytes, at least 16; `counter` a whole number from 0. The code keeps its leading zeros.
 * Errors: `RangeError` for a shorter secret, another counter, other digits.
 * Source: RFC 4226, section 5; SHA-256 and SHA-512 as in RFC 6238.
 *
 * @example
 * ```ts
 * import { counterCode } from "#/model/identity/one_time_code.ts";
 * import assert from "node:assert/strict";
 * // RFC 4226, appendix D.
 * const secret = new TextEncoder().encode("12345678901234567890");
 * assert.equal(counterCode(secret, 0), "755224");
 * ```
 */
export function counterCode(
  secret: Uint8Array,
  counter: number,
  { digits = 6, hash = "SHA1" }: CodeTerms = {},
): string {
  if (secret.length < 16) {
    throw new RangeError(`Cannot make a code of a secret of ${secret.length} bytes: at least 16 are needed`);
  }
  if (!Number.isSafeInteger(counter) || counter < 0) {
    throw new RangeError(`Cannot make a code of counter ${counter}: a whole number from 0 is needed`);
  }
  if (!Number.isInteger(digits) || digits < 6 || digits > 9) {
    throw new RangeError(`Cannot make a code of ${digits} digits: 6 to 9 are allowed`);
  }
  const moving = new DataView(new ArrayBuffer(8));
  moving.setBigUint64(0, BigInt(counter));
  const mac = createHmac(codeHashes[hash], secret).update(new Uint8Array(moving.buffer)).digest();
  const at = mac[mac.length - 1] & 15;
  const truncated = (mac[at] & 127) * 0x1000000 + (mac[at + 1] << 16 | mac[at + 2] << 8 | mac[at + 3]);
  return String(truncated).padStart(digits, "0").slice(-digits);
}

/**
 * The code of a moment.
 *
 * Errors: those of {@link counterCode}, and `RangeError` for a period that is no whole number from 1.
 * Source: RFC 6238, section 4, counting from second 0.
 *
 * @example
 * ```ts
 * import { timedCode } from "#/model/identity/one_time_code.ts";
 * import assert from "node:assert/strict";
 * // RFC 6238, appendix B.
 * const secret = new TextEncoder().encode("12345678901234567890");
 * assert.equal(timedCode(secret, 1111111109, { digits: 8 }), "07081804");
 * ```
 */
export function timedCode(
  secret: Uint8Array,
  second: EpochSecond,
  { periodSeconds = 30, ...terms }: TimedCodeTerms = {},
): string {
  return counterCode(secret, stepOf(second, periodSeconds), terms);
}

function stepOf(second: EpochSecond, periodSeconds: number): number {
  if (!Number.isInteger(periodSeconds) || periodSeconds < 1) {
    throw new RangeError(`Cannot make a code for ${periodSeconds} seconds: a whole number from 1 is needed`);
  }
  return Math.floor(second / periodSeconds);
}

/**
 * Checks a code by time; a code of up to `driftSteps` periods before or after is taken, each step once.
 *
 * Shapes: `lastStep` the step of the last code that was taken (-1 for none); the verdict holds the step to remember.
 * Refuses: `malformed` for what is no code, `wrongCode` for any other and for a code that was used (RFC 6238, 5.2).
 */
export function checkTimedCode(
  code: unknown,
  { secret, second, lastStep = -1, driftSteps = 1, ...terms }: TimedCodeTerms & {
    secret: Uint8Array;
    second: EpochSecond;
    lastStep?: number;
    driftSteps?: number;
  },
): Verdict<{ step: number }> {
  return guarded(() => {
    const { periodSeconds = 30, digits = 6 } = terms;
    if (typeof code !== "string" || !/^\d+$/.test(code) || code.length !== digits) {
      return refuse("malformed", `a code has ${digits} digits`);
    }
    const now = stepOf(second, periodSeconds);
    for (let step = Math.max(0, lastStep + 1, now - driftSteps); step <= now + driftSteps; step++) {
      if (timingSafeEqual(utf8(counterCode(secret, step, terms)), utf8(code))) return accept({ step });
    }
    return refuse("wrongCode", `no unused code of steps ${now - driftSteps} to ${now + driftSteps} is this`);
  });
}
