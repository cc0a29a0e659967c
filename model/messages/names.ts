// What participants and payments are called in messages: BIC, clearing member id, UETR. All are made, none is anybody's.

import { sha256 } from "#/model/identity/bytes.ts";
import type { Agent } from "./message.ts";

/** Letters of a participant in its BIC. */
const letters: Record<string, string> = {
  ...{ "jd": "JD", "ant": "AN", "wechat": "WX", "union-card": "UC", "operator": "OP" },
};

/**
 * A participant of clearing (`jd`, `operator`, `bank-3`) as an agent in a message: a test BIC (its eighth character is 0,
 * which no live BIC has), a member id of CNAPS with the bank code 999, which is not in use, and its name.
 *
 * Errors: `RangeError` for a name that is no participant.
 *
 * @example
 * ```ts
 * import { agentOf, participantOf } from "#/model/messages/names.ts";
 * import assert from "node:assert/strict";
 * assert.equal(agentOf("jd").bic, "HTJDCNB0");
 * assert.equal(participantOf(agentOf("bank-12")), "bank-12");
 * ```
 */
export function agentOf(participant: string): Agent {
  const bank = /^bank-(\d{1,2})$/.exec(participant);
  const number = bank ? 100 + Number(bank[1]) : 1 + Object.keys(letters).indexOf(participant);
  if (number === 0 || number > 100 + 26 || number === 100) {
    throw new RangeError(
      `Cannot name "${participant}" in a message: allowed are ${
        Object.keys(letters).join(", ")
      }, bank-1 to bank-26`,
    );
  }
  const two = bank ? `B${String.fromCharCode(64 + Number(bank[1]))}` : letters[participant];
  return {
    bic: `HT${two}CNB0`,
    clearingSystem: "CNAPS",
    memberId: `999${String(number).padStart(9, "0")}`,
    name: participant,
  };
}

/** The participant that an agent of ours stands for, by its member id; undefined for a stranger. */
export function participantOf({ memberId = "" }: Agent): string | undefined {
  const found = /^999(\d{9})$/.exec(memberId);
  if (found === null) return undefined;
  const number = Number(found[1]);
  return number > 100 ? `bank-${number - 100}` : Object.keys(letters)[number - 1];
}

/**
 * The unique end-to-end transaction reference of a payment: a version 4 UUID in form, whose bits are the SHA-256 of the
 * payment's name, so that the same run gives the same reference again.
 *
 * @example
 * ```ts
 * import { uetrOf } from "#/model/messages/names.ts";
 * import assert from "node:assert/strict";
 * assert.equal(uetrOf("interop/0/10/179/0"), uetrOf("interop/0/10/179/0"));
 * assert.match(uetrOf("a"), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
 * ```
 */
export function uetrOf(payment: string): string {
  const bytes = sha256(`hutong payment ${payment}`).slice(0, 16);
  bytes[6] = bytes[6] & 0x0f | 0x40;
  bytes[8] = bytes[8] & 0x3f | 0x80;
  const hex = bytes.toHex();
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
