// Moments in the text of credentials, without a clock: seconds since 1 January 1970, UTC.

import { epochDay, isoDate } from "#/model/units/calendar.ts";
import { Remembered } from "./remembered.ts";

/** Seconds since 1 January 1970, UTC. */
export type EpochSecond = number;

// Papers that were issued together are dated alike, so that few moments are read and written again and again.
const read = new Remembered<string, EpochSecond>(64), written = new Remembered<EpochSecond, string>(64);

/**
 * The moment of an XML Schema date and time with its zone, as credentials write it; fractions of a second are cut.
 *
 * Errors: `TypeError` when it is no text, `SyntaxError` for another form or a moment that does not exist.
 * Source: W3C XML Schema 1.1, dateTimeStamp.
 *
 * @example
 * ```ts
 * import { isoInstant, secondOf } from "#/model/identity/instant.ts";
 * import assert from "node:assert/strict";
 * assert.equal(secondOf("2019-07-01T00:00:00Z"), 18078 * 86400);
 * assert.equal(secondOf("2019-07-01T08:00:00.5+08:00"), 18078 * 86400);
 * assert.equal(isoInstant(18078 * 86400 + 61), "2019-07-01T00:01:01Z");
 * assert.throws(() => secondOf("2019-07-01"), SyntaxError);
 * ```
 */
export function secondOf(text: unknown): EpochSecond {
  if (typeof text !== "string") {
    throw new TypeError(`Cannot read a moment of type ${typeof text}: text is needed`);
  }
  return read.of(text, () => parse(text));
}

function parse(text: string): EpochSecond {
  const match = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.\d+)?(?:Z|([+-])(\d{2}):(\d{2}))$/.exec(
    text,
  );
  const [hour, minute, second, zoneHour, zoneMinute] = [2, 3, 4, 6, 7].map((i) => Number(match?.[i] ?? 0));
  if (!match || hour > 23 || minute > 59 || second > 59 || zoneHour > 14 || zoneMinute > 59) {
    throw new SyntaxError(
      `Cannot read moment ${JSON.stringify(text)}: one such as 2019-07-01T09:30:00Z is needed`,
    );
  }
  const zone = (zoneHour * 60 + zoneMinute) * (match[5] === "-" ? -60 : 60);
  return epochDay(match[1]) * 86_400 + hour * 3_600 + minute * 60 + second - zone;
}

/** The text of a moment; whole seconds from 0 on. */
export function isoInstant(second: EpochSecond): string {
  if (!Number.isInteger(second)) {
    throw new RangeError(`Cannot write moment ${second}: whole seconds are needed`);
  }
  return written.of(second, () => format(second));
}

function format(second: EpochSecond): string {
  const day = Math.floor(second / 86_400), within = second - day * 86_400;
  const two = (n: number) => String(n).padStart(2, "0");
  const clock = [Math.floor(within / 3_600), Math.floor(within / 60) % 60, within % 60].map(two).join(":");
  return `${isoDate(day)}T${clock}Z`;
}
