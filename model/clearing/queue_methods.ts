// How the bridge releases payments that wait for money. A new method is a line here and its step in `sim/phases/bridge.ts`.

/** One way to release a queue. */
export interface QueueMethod {
  /** In words, for reports. */
  title: string;
  /** A smaller payment may pass a larger one of the same payer that lacks money. */
  bypasses: boolean;
  /** Payments that offset each other settle together, in the order of each payer's queue (Bech and Soramäki). */
  resolves: boolean;
}

/** All methods, by the name a scenario says. */
export const queueMethods = {
  fifo: { title: "first in, first out", bypasses: false, resolves: false },
  bypass: { title: "first in, first out, small ones may pass", bypasses: true, resolves: false },
  fifoResolution: {
    title: "first in, first out, with gridlock resolution",
    bypasses: false,
    resolves: true,
  },
  bypassResolution: {
    title: "small ones may pass, with gridlock resolution",
    bypasses: true,
    resolves: true,
  },
} as const satisfies Record<string, QueueMethod>;
