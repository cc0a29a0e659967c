// An opening book as one run of bytes, and back: plain data with its typed arrays kept as they lie in memory.

import { createHash } from "node:crypto";

// Layout: 8 bytes of magic, 32 bytes SHA-256 of all that follows, 4 bytes length of the header, the header (JSON), then
// the arrays, each from a multiple of 8 bytes on. Numbers are little-endian, as on every machine that Deno runs on.
const magic = "HTGBOOK1";
const headerAt = 44;

const arrays = {
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
};
type ArrayName = keyof typeof arrays;
type AnyArray = InstanceType<typeof arrays[ArrayName]>;

interface Header {
  key: string;
  tree: unknown;
  /** One entry a typed array: its kind, its items, its place in bytes after the header. */
  arrays: [ArrayName, number, number][];
}

const padded = (length: number) => Math.ceil(length / 8) * 8;

/**
 * The bytes of plain nested data (groups, lists, texts, numbers, truth values, null, typed arrays), with the key they answer.
 *
 * Errors: `TypeError` naming the path of what cannot be kept (a function, a Map, a class instance, a bigint);
 * `RangeError` for a number that is not finite. A key whose value is undefined is left out.
 *
 * @example
 * ```ts
 * import { bookIn, encodeBook } from "#/sim/experiments/book_bytes.ts";
 * import assert from "node:assert/strict";
 * const book = { days: 360, balanceFen: Float64Array.of(1, 2.5) };
 * assert.deepEqual(bookIn(encodeBook(book, "k"), "k")!(), book);
 * assert.equal(bookIn(encodeBook(book, "k"), "another key"), undefined);
 * ```
 */
export function encodeBook(book: object, key: string): Uint8Array<ArrayBuffer> {
  const found: AnyArray[] = [];
  const header: Header = { key, tree: treeOf(book, "", found), arrays: [] };
  let length = 0;
  for (const array of found) {
    header.arrays.push([array.constructor.name as ArrayName, array.length, length]);
    length += padded(array.byteLength);
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  const start = padded(headerAt + text.length);
  const bytes = new Uint8Array(start + length);
  bytes.set(new TextEncoder().encode(magic), 0);
  new DataView(bytes.buffer).setUint32(40, text.length, true);
  bytes.set(text, headerAt);
  for (const [i, array] of found.entries()) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), start + header.arrays[i][2]);
  }
  bytes.set(checksum(bytes), 8);
  return bytes;
}

/**
 * What gives the data of some bytes anew, in arrays of its own, at each call; `undefined` unless they are whole, unharmed and
 * answer this key.
 *
 * `checked` skips the checksum, for bytes that this process has checked or made itself.
 */
export function bookIn(
  bytes: Uint8Array,
  key: string,
  { checked = false } = {},
): (() => object) | undefined {
  if (bytes.length < headerAt || new TextDecoder().decode(bytes.subarray(0, 8)) !== magic) return undefined;
  if (!checked && !checksum(bytes).every((byte, i) => byte === bytes[8 + i])) return undefined;
  const headerLength = new DataView(bytes.buffer, bytes.byteOffset).getUint32(40, true);
  const header = JSON.parse(
    new TextDecoder().decode(bytes.subarray(headerAt, headerAt + headerLength)),
  ) as Header;
  if (header.key !== key) return undefined;
  const start = padded(headerAt + headerLength);
  return () => {
    const found = header.arrays.map(([name, length, offset]) => {
      const array = new arrays[name](length);
      const part = bytes.subarray(start + offset, start + offset + array.byteLength);
      new Uint8Array(array.buffer).set(part);
      return array;
    });
    return filled(header.tree, found) as object;
  };
}

const checksum = (bytes: Uint8Array) =>
  new Uint8Array(createHash("sha256").update(bytes.subarray(40)).digest());

function treeOf(value: unknown, path: string, found: AnyArray[]): unknown {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") {
    if (Number.isFinite(value)) return value;
    throw new RangeError(`Cannot keep an opening book: ${path} is ${value}, allowed are finite numbers`);
  }
  if (Array.isArray(value)) return value.map((item, i) => treeOf(item, `${path}[${i}]`, found));
  if (ArrayBuffer.isView(value) && value.constructor.name in arrays) {
    return { $array: found.push(value as AnyArray) - 1 };
  }
  const prototype = typeof value === "object" ? Object.getPrototypeOf(value) : undefined;
  if ((prototype === Object.prototype || prototype === null) && !("$array" in (value as object))) {
    return Object.fromEntries(
      Object.entries(value as object).filter(([, item]) => item !== undefined)
        .map(([name, item]) => [name, treeOf(item, path ? `${path}.${name}` : name, found)]),
    );
  }
  const kind = typeof value === "object" ? prototype?.constructor?.name ?? "object" : typeof value;
  throw new TypeError(
    `Cannot keep an opening book: ${
      path || "the book"
    } is a ${kind}; allowed are groups, lists, texts, numbers, truth values and typed arrays`,
  );
}

function filled(tree: unknown, found: AnyArray[]): unknown {
  if (Array.isArray(tree)) return tree.map((item) => filled(item, found));
  if (tree === null || typeof tree !== "object") return tree;
  if ("$array" in tree) return found[tree.$array as number];
  const copy: Record<string, unknown> = {};
  for (const name in tree) copy[name] = filled((tree as Record<string, unknown>)[name], found);
  return copy;
}
