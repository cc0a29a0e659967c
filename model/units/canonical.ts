// The one text of a piece of data: equal data give equal bytes, so that a hash names the data (RFC 8785).

/**
 * The canonical JSON of plain data: keys in order of UTF-16 code units, numbers as ECMAScript prints them, no blanks.
 *
 * Shapes: null, booleans, finite numbers, strings, arrays and plain objects of these; `-0` is written as 0.
 * Errors: `RangeError` for NaN and infinities, `TypeError` for what JSON cannot say (undefined, functions, bigint, class
 * instances, cycles), `SyntaxError` for a string with a lone surrogate; each names the place.
 * Source: RFC 8785, "JSON Canonicalization Scheme (JCS)".
 *
 * @example
 * ```ts
 * import { canonicalJson } from "#/model/units/canonical.ts";
 * import assert from "node:assert/strict";
 * assert.equal(canonicalJson({ b: [1e30, 0.002], a: "€" }), '{"a":"€","b":[1e+30,0.002]}');
 * ```
 */
export function canonicalJson(value: unknown): string {
  return write(value, { number: String, path: [] });
}

/**
 * The canonical JSON of data that must mean the same to every reader, such as a scenario before it is hashed.
 *
 * Shapes: as {@link canonicalJson}, but every number must keep its digits in any language.
 * Errors: those of {@link canonicalJson}, and `RangeError` for -0 and for whole numbers beyond 2^53 - 1.
 *
 * @example
 * ```ts
 * import { canonicalStrict } from "#/model/units/canonical.ts";
 * import assert from "node:assert/strict";
 * assert.equal(canonicalStrict({ days: 180 }), '{"days":180}');
 * assert.throws(() => canonicalStrict({ world: { days: [-0] } }), /\$\.world\.days\[0\] is -0/);
 * ```
 */
export function canonicalStrict(value: unknown): string {
  const path: Path = [];
  const number = (n: number) => {
    if (Object.is(n, -0)) {
      throw new RangeError(`Cannot write canonical JSON as ${placeOf(path)} is -0: write 0`);
    }
    if (Number.isInteger(n) && !Number.isSafeInteger(n)) {
      throw new RangeError(
        `Cannot write canonical JSON as ${placeOf(path)} is ${n}: whole numbers up to ` +
          `${Number.MAX_SAFE_INTEGER} in size are allowed`,
      );
    }
    return String(n);
  };
  return write(value, { number, path });
}

type Path = (string | number)[];

interface Writing {
  /** The text of a finite number. */
  number: (n: number) => string;
  /** Where the writer is, for the messages. */
  path: Path;
  /** The objects that the writer is inside of, to see a cycle. */
  inside?: Set<object>;
}

function write(value: unknown, writing: Writing): string {
  switch (typeof value) {
    case "boolean":
      return String(value);
    case "string":
      return text(value, writing.path);
    case "number":
      // JSON's own limit comes first, so that NaN is called NaN in both variants.
      if (value - value !== 0) {
        throw new RangeError(
          `Cannot write canonical JSON as ${placeOf(writing.path)} is ${value}: numbers must be finite`,
        );
      }
      return writing.number(value);
    case "object":
      return value === null ? "null" : members(value, writing);
    default:
      throw new TypeError(
        `Cannot write canonical JSON as ${placeOf(writing.path)} is of type ${typeof value}: ` +
          `null, booleans, numbers, strings, arrays and plain objects are allowed`,
      );
  }
}

function members(value: object, writing: Writing): string {
  const { path, inside = writing.inside = new Set() } = writing;
  if (inside.has(value)) {
    throw new TypeError(`Cannot write canonical JSON as ${placeOf(path)} contains itself`);
  }
  inside.add(value);
  const member = (key: string | number, inner: unknown) => {
    path.push(key);
    const written = write(inner, writing);
    path.pop();
    return written;
  };
  let written: string;
  if (Array.isArray(value)) {
    written = `[${Array.from(value, (inner, i) => member(i, inner)).join(",")}]`;
  } else {
    const prototype = Object.getPrototypeOf(value);
    if (prototype !== null && Object.getPrototypeOf(prototype) !== null) {
      throw new TypeError(
        `Cannot write canonical JSON as ${placeOf(path)} is a ${
          prototype.constructor?.name ?? "class instance"
        }: ` +
          `only arrays and plain objects are allowed`,
      );
    }
    // Without a comparison sort() goes by UTF-16 code unit, which is the order of the RFC.
    const keys = Object.keys(value).sort();
    const pairs = keys.map((key) => `${text(key, path)}:${member(key, value[key as keyof typeof value])}`);
    written = `{${pairs.join(",")}}`;
  }
  inside.delete(value);
  return written;
}

/** A string between quotation marks; JSON.stringify escapes as the RFC asks once lone surrogates are out. */
function text(value: string, path: Path): string {
  if (!value.isWellFormed()) {
    throw new SyntaxError(
      `Cannot write canonical JSON as ${placeOf(path)} holds ${
        JSON.stringify(value)
      }: a lone surrogate is no character`,
    );
  }
  return JSON.stringify(value);
}

function placeOf(path: Path): string {
  return "$" +
    path.map((key) =>
      typeof key === "number" ? `[${key}]` : /^\w+$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`
    ).join("");
}
