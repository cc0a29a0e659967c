// What the shared ledger may hold: for each place one shape. Everything else is refused, so that no person gets in.

import { textOf } from "../bytes.ts";
import { readDidKey } from "../did_key.ts";
import { isRecord } from "../verdict.ts";
import { entryKinds } from "./entry.ts";

/** Something that may not stand where it was found. */
export interface Finding {
  /** Where, as in `$[3].entries[0].hash`. */
  place: string;
  /** What was found, as JSON; a long one is cut. */
  value: string;
  /** What may stand there. */
  allowed: string;
}

/** What may stand at a place. */
interface Shape {
  allowed: string;
  fits: (value: unknown) => boolean;
}

type Layout = Record<string, Shape>;

/** The hash that a first block names as its parent. */
export const noParent = "0".repeat(64);

/** Minutes of ten years: no date, phone number or identity number written as a number is that small. */
const mostMinutes = 3_650 * 1_440;

const hash: Shape = {
  allowed: "SHA-256 in lower-case hexadecimal, not padded and not readable text",
  fits: (value) =>
    typeof value === "string" && /^[0-9a-f]{64}$/.test(value) &&
    looksRandom(Uint8Array.fromHex(value)),
};
const parent: Shape = { ...hash, fits: (value) => value === noParent || hash.fits(value) };
const did: Shape = {
  allowed: "the did:key of a key",
  fits: (value) => {
    const read = readDidKey(value);
    return read.accepted && looksRandom(read.value.bytes);
  },
};
const whole = (low: number, high: number): Shape => ({
  allowed: `a whole number from ${low} to ${high}`,
  fits: (value) =>
    Number.isInteger(value) && !Object.is(value, -0) && Number(value) >= low && Number(value) <= high,
});
const minute = whole(-mostMinutes, mostMinutes);

/** The members of a block's header. */
const headerLayout: Layout = {
  height: whole(1, mostMinutes),
  parent,
  root: hash,
  count: whole(0, 100_000_000),
  minute,
  proposer: whole(0, 29),
};

const kind: Shape = {
  allowed: entryKinds.join(", "),
  fits: (value) => entryKinds.some((known) => known === value),
};
const plain: Layout = { kind, hash, minute };

/** The members of an entry, by its kind. */
const entryLayouts: Record<typeof entryKinds[number], Layout> = {
  "did": { ...plain, did },
  "status-root": { ...plain, issuer: did },
  "receipt": plain,
  "receipt-withdrawn": plain,
  "revocation": { ...plain, issuer: did },
};

/** What may not stand in an entry; nothing for one that the ledger takes. */
export function entryFindings(entry: unknown, place: string): Finding[] {
  if (!isRecord(entry)) return [finding(place, entry, "an entry")];
  if (!kind.fits(entry.kind)) return [finding(`${place}.kind`, entry.kind, kind.allowed)];
  return memberFindings(entry, { place, layout: entryLayouts[entry.kind as typeof entryKinds[number]] });
}

/** What may not stand in a block; its hashes are checked for their shape only. */
export function blockFindings(block: unknown, place: string): Finding[] {
  if (!isRecord(block)) return [finding(place, block, "a block")];
  const { header, hash: own, entries, ...others } = block;
  const found = memberFindings({ hash: own, ...others }, { place, layout: { hash } });
  found.push(...headerFindings(header, `${place}.header`));
  if (!Array.isArray(entries)) return [...found, finding(`${place}.entries`, entries, "a list of entries")];
  // Array.from also visits holes, which forEach would pass over.
  return [
    ...found,
    ...Array.from(entries, (entry, i) => entryFindings(entry, `${place}.entries[${i}]`)).flat(),
  ];
}

/** What may not stand in the header of a block. */
export function headerFindings(header: unknown, place: string): Finding[] {
  return isRecord(header)
    ? memberFindings(header, { place, layout: headerLayout })
    : [finding(place, header, "a header")];
}

/**
 * Checks an entry before the ledger takes it.
 *
 * Errors: `TypeError` naming the place, the value and what is allowed there.
 *
 * @example
 * ```ts
 * import { checkEntry } from "#/model/identity/shared_ledger/shapes.ts";
 * import assert from "node:assert/strict";
 * assert.throws(
 *   () => checkEntry({ kind: "receipt", hash: "13800138000", minute: 7 }),
 *   { name: "TypeError", message: /entry\.hash is "13800138000": SHA-256 in .* allowed/ },
 * );
 * ```
 */
export function checkEntry(entry: unknown): void {
  const [first] = entryFindings(entry, "entry");
  if (first) {
    throw new TypeError(
      `Cannot put this on the shared ledger as ${first.place} is ${first.value}: ${first.allowed} is allowed`,
    );
  }
}

function memberFindings(
  record: Record<string, unknown>,
  { place, layout }: { place: string; layout: Layout },
): Finding[] {
  const strangers = Object.keys(record).filter((name) => !Object.hasOwn(layout, name)).sort();
  const known = `members ${Object.keys(layout).join(", ")}`;
  return [
    ...Object.entries(layout).filter(([name, shape]) => !shape.fits(record[name]))
      .map(([name, { allowed }]) => finding(`${place}.${name}`, record[name], allowed)),
    // A name of a member is a place to hide something, too.
    ...strangers.map((name) => finding(`${place}[${JSON.stringify(name)}]`, record[name], known)),
  ];
}

/** A finding; what JSON cannot say is named by its type. */
export function finding(place: string, value: unknown, allowed: string): Finding {
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch {
    text = undefined;
  }
  text ??= `of type ${typeof value}`;
  return { place, value: text.length > 100 ? `${text.slice(0, 100)}…` : text, allowed };
}

/**
 * Whether bytes can be a digest or a key: no decimal digits only, no padding with zeros, no text. A true digest fails
 * this less than once in 10^11.
 */
function looksRandom(bytes: Uint8Array): boolean {
  const hex = bytes.toHex();
  return !/^[0-9]*$/.test(hex) && !/^0{12}|0{12}$/.test(hex) && !isReadable(bytes);
}

/** Whether bytes are text that a person could read, with zeros around it or not. */
function isReadable(bytes: Uint8Array): boolean {
  const first = bytes.findIndex((byte) => byte !== 0), last = bytes.findLastIndex((byte) => byte !== 0);
  const middle = bytes.subarray(first, last + 1);
  // Nearly every digest has a control character; decoding and catching would take fifty times as long.
  if (middle.some((byte) => byte < 32 || byte === 127)) return false;
  try {
    return !/\p{Cc}|\p{Cn}/u.test(textOf(middle));
  } catch {
    return false;
  }
}
