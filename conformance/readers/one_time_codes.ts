// pay/otp.json: one-time codes by counter and by time.

import assert from "node:assert/strict";
import { checkTimedCode, type codeHashes, counterCode, timedCode } from "#/model/identity/one_time_code.ts";
import { type CaseResult, examine, unread } from "../case.ts";

type Hash = keyof typeof codeHashes;

interface File {
  hotp: {
    secret_ascii: string;
    digits: number;
    algorithm: Hash;
    values: { counter: number; value: string }[];
  };
  totp: ({ time: number } & Partial<Record<Hash, string>>)[];
  totp_secrets_ascii: Record<Hash, string>;
  digits: number;
  period: number;
}

const ascii = (text: string) => new TextEncoder().encode(text);

/** Reads a case for each counter, and for each time and hash. */
export function oneTimeCodeCases(text: string): CaseResult[] {
  const file = JSON.parse(text) as File & Record<string, unknown>;
  const { hotp, totp, totp_secrets_ascii, digits, period: periodSeconds } = file;
  const others = Object.keys(file).filter((part) =>
    !["source", "split", "note", "hotp", "totp", "totp_secrets_ascii", "digits", "period"].includes(part)
  );
  return [
    ...hotp.values.map(({ counter, value }) =>
      examine(`counter ${counter}`, () => {
        const terms = { digits: hotp.digits, hash: hotp.algorithm };
        assert.equal(counterCode(ascii(hotp.secret_ascii), counter, terms), value);
      })
    ),
    ...totp.flatMap(({ time, ...codes }) =>
      Object.entries(codes).filter(([hash]) => hash !== "index").map(([hash, code]) =>
        examine(`time ${time} ${hash}`, () => {
          const secret = ascii(totp_secrets_ascii[hash as Hash]);
          const terms = { digits, periodSeconds, hash: hash as Hash };
          assert.equal(timedCode(secret, time, terms), code);
          assert.ok(
            checkTimedCode(code, { secret, second: time, ...terms }).accepted,
            "its own code is refused",
          );
        })
      )
    ),
    ...others.map((part) => unread(part, `part "${part}"`)),
  ];
}
