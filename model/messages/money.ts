// An amount with its currency, as messages write it: decimals as many as the currency has, never more.

/** An amount in whole minor units of its currency: fen for CNY, cents for USD. */
export interface Money {
  currency: string;
  minor: number;
}

/** Decimals of the currencies that are known here. Source: ISO 4217. */
export const decimalsOf: Readonly<Record<string, number>> = {
  ...{ CNY: 2, EUR: 2, GBP: 2, HKD: 2, JPY: 0, KRW: 0, SGD: 2, USD: 2 },
};

/**
 * The text of an amount.
 *
 * Errors: `RangeError` for an amount that is not a whole number of minor units from 0 to 2^53 − 1, of more than the 18
 * digits that ISO 20022 allows (2^53 has 16), or of an unknown currency.
 *
 * @example
 * ```ts
 * import { moneyText } from "#/model/messages/money.ts";
 * import assert from "node:assert/strict";
 * assert.equal(moneyText({ currency: "CNY", minor: 1_203 }), "12.03");
 * assert.equal(moneyText({ currency: "JPY", minor: 1_203 }), "1203");
 * ```
 */
export function moneyText({ currency, minor }: Money): string {
  const decimals = decimalsOf[currency];
  if (decimals === undefined) {
    throw new RangeError(
      `Cannot write an amount in ${currency}: allowed are ${Object.keys(decimalsOf).join(", ")}`,
    );
  }
  if (!Number.isSafeInteger(minor) || minor < 0) {
    throw new RangeError(
      `Cannot write an amount of ${minor}: a whole number of minor units, 0 or more, is needed`,
    );
  }
  const digits = String(minor).padStart(decimals + 1, "0");
  return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/**
 * Reads an amount. Fewer decimals than the currency has are read as zeros; more are refused, even if they are zeros.
 *
 * Errors: `SyntaxError` for what is no plain decimal number, has too many decimals, is in an unknown currency, or is
 * above 2^53 − 1 minor units.
 *
 * @example
 * ```ts
 * import { readMoney } from "#/model/messages/money.ts";
 * import assert from "node:assert/strict";
 * assert.equal(readMoney("12.3", { currency: "CNY" }).minor, 1_230);
 * assert.throws(() => readMoney("12.345", { currency: "CNY" }), /2 decimals/);
 * ```
 */
export function readMoney(text: string, { currency }: { currency: string }): Money {
  const decimals = decimalsOf[currency];
  if (decimals === undefined) {
    throw new SyntaxError(
      `the currency "${currency}" is not known; allowed are ${Object.keys(decimalsOf).join(", ")}`,
    );
  }
  const parts = /^(\d{1,18})(?:\.(\d{1,17}))?$/.exec(text);
  if (parts === null) throw new SyntaxError(`"${text.slice(0, 40)}" is no amount such as 12.03`);
  const [, whole, part = ""] = parts;
  if (part.length > decimals) {
    throw new SyntaxError(`"${text}" has ${part.length} decimals; ${currency} has ${decimals} decimals`);
  }
  const minor = BigInt(whole + part.padEnd(decimals, "0"));
  if (minor > BigInt(Number.MAX_SAFE_INTEGER)) {
    throw new SyntaxError(`"${text}" is above ${Number.MAX_SAFE_INTEGER} minor units`);
  }
  return { currency, minor: Number(minor) };
}
