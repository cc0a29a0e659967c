// What happens next: events in order of second, then of rank, then of replica, then as they were put in.

/** When an event happens, and what comes first among events of one second. */
export interface Timed {
  second: number;
  rank: number;
  replica: number;
}

/**
 * A queue of events: a binary heap.
 *
 * @example
 * ```ts
 * import { EventQueue } from "#/model/identity/shared_ledger/event_queue.ts";
 * import assert from "node:assert/strict";
 * const queue = new EventQueue<{ second: number; rank: number; replica: number }>();
 * queue.push({ second: 9, rank: 0, replica: 1 });
 * queue.push({ second: 9, rank: 0, replica: 0 });
 * queue.push({ second: 3, rank: 5, replica: 2 });
 * assert.equal(queue.popBefore(9)?.replica, 2);
 * assert.equal(queue.popBefore(9), undefined);
 * assert.equal(queue.popBefore(10)?.replica, 0);
 * ```
 */
export class EventQueue<Event extends Timed> {
  readonly #heap: { event: Event; number: number }[] = [];
  #pushed = 0;

  /** Puts an event in. */
  push(event: Event): void {
    const heap = this.#heap;
    let at = heap.push({ event, number: this.#pushed++ }) - 1;
    for (; at > 0 && this.#before(at, (at - 1) >> 1); at = (at - 1) >> 1) this.#swap(at, (at - 1) >> 1);
  }

  /** Takes the first event out, if it happens before a second. */
  popBefore(second: number): Event | undefined {
    const heap = this.#heap;
    if (heap.length === 0 || heap[0].event.second >= second) return undefined;
    const { event } = heap[0];
    const last = heap.pop()!;
    if (heap.length > 0) {
      heap[0] = last;
      for (let at = 0;;) {
        let least = at;
        for (const child of [2 * at + 1, 2 * at + 2]) {
          if (child < heap.length && this.#before(child, least)) least = child;
        }
        if (least === at) break;
        this.#swap(at, least);
        at = least;
      }
    }
    return event;
  }

  #before(i: number, k: number): boolean {
    const a = this.#heap[i], b = this.#heap[k];
    return (a.event.second - b.event.second || a.event.rank - b.event.rank ||
      a.event.replica - b.event.replica || a.number - b.number) < 0;
  }

  #swap(i: number, k: number): void {
    [this.#heap[i], this.#heap[k]] = [this.#heap[k], this.#heap[i]];
  }
}
