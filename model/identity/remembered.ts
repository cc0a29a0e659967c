// A small memory of what was worked out before: so many answers at most, then the oldest gives way.

/**
 * Keeps the answers of a question that has one answer for each key.
 *
 * Only for answers that nothing but the key decides: then nobody can tell a memory from none.
 *
 * @example
 * ```ts
 * import { Remembered } from "#/model/identity/remembered.ts";
 * import assert from "node:assert/strict";
 * let asked = 0;
 * const lengths = new Remembered<string, number>(2);
 * const lengthOf = (text: string) => lengths.of(text, () => (asked++, text.length));
 * assert.deepEqual([lengthOf("a"), lengthOf("bc"), lengthOf("a"), asked], [1, 2, 1, 2]);
 * // The third answer drives out the first.
 * assert.deepEqual([lengthOf("def"), lengthOf("a"), asked], [3, 1, 4]);
 * ```
 */
export class Remembered<Key, Answer> {
  readonly #answers = new Map<Key, Answer>();

  /** A memory of up to `most` answers. Errors: `RangeError` for no whole number from 1. */
  constructor(readonly most: number) {
    if (!Number.isInteger(most) || most < 1) {
      throw new RangeError(`Cannot remember ${most} answers: a whole number from 1 is needed`);
    }
  }

  /** The answer for a key: as it was, or worked out now. What `answer` throws is not remembered. */
  of(key: Key, answer: () => Answer): Answer {
    const known = this.#answers.get(key);
    if (known !== undefined || this.#answers.has(key)) return known as Answer;
    const found = answer();
    if (this.#answers.size >= this.most) this.#answers.delete(this.#answers.keys().next().value as Key);
    this.#answers.set(key, found);
    return found;
  }

  /** Whether an answer is remembered. */
  has(key: Key): boolean {
    return this.#answers.has(key);
  }

  /** Forgets an answer that something has changed. */
  forget(key: Key): void {
    this.#answers.delete(key);
  }
}
