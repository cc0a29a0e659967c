// What a reader has checked before and need not check again: signatures of data that cannot have changed since.

import { Remembered } from "./remembered.ts";
import { StatusList } from "./status_list.ts";

/**
 * The memory of a reader: it spares signatures and unpacking, never a question of time, status, nonce or audience.
 *
 * A document is known by itself, and only where it went through {@link publish} before, so that nothing can have changed.
 * A token or a packed list is known by its whole text.
 *
 * @example
 * ```ts
 * import { publish, ReaderMemory } from "#/model/identity/reader_memory.ts";
 * import assert from "node:assert/strict";
 * const memory = new ReaderMemory(), list = publish({ bits: "u" }), open = { bits: "u" };
 * for (const document of [list, open]) memory.keepSigners(document, ["did:key:z6Mk"]);
 * assert.deepEqual(memory.signersOf(list), ["did:key:z6Mk"]);
 * // One that can still be changed is checked again, as is a copy.
 * assert.equal(memory.signersOf(open), undefined);
 * assert.equal(memory.signersOf({ ...list }), undefined);
 * ```
 */
export class ReaderMemory {
  readonly #signers = new WeakMap<object, readonly string[]>();
  readonly #tokens = new Remembered<string, true>(1_024);
  readonly #lists = new Remembered<string, StatusList>(4);

  /** Who signed a document, where its proofs were found to fit before. */
  signersOf(document: object): readonly string[] | undefined {
    return this.#signers.get(document);
  }

  /** Keeps who signed a document, unless the document could change. */
  keepSigners(document: object, signers: readonly string[]): void {
    if (published.has(document)) this.#signers.set(document, [...signers]);
  }

  /** Whether a token was found to be signed by a key before. */
  hasToken(token: string, publicKey: Uint8Array): boolean {
    return this.#tokens.has(named(token, publicKey));
  }

  /** Keeps that a token is signed by a key. */
  keepToken(token: string, publicKey: Uint8Array): void {
    this.#tokens.of(named(token, publicKey), () => true);
  }

  /** A packed list, unpacked once. Errors: those of {@link StatusList.decode}. */
  listOf(encodedList: unknown): StatusList {
    const decode = () => StatusList.decode(encodedList);
    return typeof encodedList === "string" ? this.#lists.of(encodedList, decode) : decode();
  }
}

/** A token and its key as one text; neither holds a blank. */
const named = (token: string, publicKey: Uint8Array): string => `${publicKey.toHex()} ${token}`;

const published = new WeakSet<object>();

/** Makes JSON data of one's own unchangeable, down to the ground, and returns them; for data without getters only. */
export function publish<Data extends object>(data: Data): Data {
  published.add(freeze(data));
  return data;
}

/** Whether data went through {@link publish}: then they are today what they were. */
export const isPublished = (data: object): boolean => published.has(data);

function freeze<Data extends object>(data: Data): Data {
  for (const inner of Object.values(data)) if (typeof inner === "object" && inner !== null) freeze(inner);
  return Object.freeze(data);
}
