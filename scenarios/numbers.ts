// Numbers as a banker writes them: plain decimal digits. What YAML would silently read otherwise is refused.

const accepted = /^-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?$/;

/**
 * What is wrong with a bare word that is, or looks like, a number; `undefined` when nothing is.
 *
 * Shapes: `text` is the unquoted scalar as written. A word that is no number in any spelling is no fault here.
 * Source: YAML 1.2 core schema, whose `017` is 17, `0o17` 15, `1_000` a text and 9007199254740993 another number.
 *
 * @example
 * ```ts
 * import { numberFault } from "#/scenarios/numbers.ts";
 * import assert from "node:assert/strict";
 * assert.equal(numberFault("-250"), undefined);
 * assert.equal(numberFault("017"), "found 017, a number with a leading zero; write 17");
 * ```
 */
export function numberFault(text: string): string | undefined {
  if (/^[-+]?\.(inf|nan)$/i.test(text)) {
    return `found ${text}, which is no finite number; write decimal digits`;
  }
  if (/^[-+]?0[oO][0-7_]+$/.test(text)) return `found ${text}, an octal number; write decimal digits`;
  if (/^[-+]?0[xX][0-9a-fA-F_]+$/.test(text)) {
    return `found ${text}, a hexadecimal number; write decimal digits`;
  }
  if (/^[-+]?0[bB][01_]+$/.test(text)) return `found ${text}, a binary number; write decimal digits`;
  if (/^[-+]?\d[\d_]*_[\d_]*$/.test(text)) {
    return `found ${text}, a number with underscores; write ${text.replaceAll("_", "")}`;
  }
  if (/^[-+]?\d{1,3}(,\d{3})+$/.test(text)) {
    return `found ${text}, a number with commas; write ${text.replaceAll(",", "")}`;
  }
  if (/^[-+]?0+\d/.test(text) && /^[-+]?\d+(\.\d*)?([eE][-+]?\d+)?$/.test(text)) {
    return `found ${text}, a number with a leading zero; write ${text.replace(/^([-+]?)0+(?=\d)/, "$1")}`;
  }
  if (!/^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/.test(text)) return undefined;
  if (text.startsWith("+")) return `found ${text}; write it without the plus sign`;
  if (!accepted.test(text)) return `found ${text}; write digits before and after the point`;
  const value = Number(text);
  if (Object.is(value, -0)) return `found ${text}, a minus zero; write 0`;
  if (Math.abs(value) > Number.MAX_SAFE_INTEGER) {
    return `found ${text}, a number beyond 2^53, which would lose digits; allowed are -${Number.MAX_SAFE_INTEGER} to ${Number.MAX_SAFE_INTEGER}`;
  }
  return undefined;
}
