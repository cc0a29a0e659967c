// Methods of release: which waiting payments settle, and in what company. A new method is a file and a line here.

import { bilateral, cycles, largestCycles } from "./cycles.ts";
import type { ClearingDesk, OwnOrder } from "../work.ts";
import { exact } from "./exact.ts";
import { gridlock } from "./gridlock.ts";
import { bypass, fifo } from "./gross.ts";
import { unions, type UnionTerms } from "./unions.ts";

/** One method, as a rule on a clearing desk. */
export interface QueueMethod {
  /** In words, for reports. */
  title: string;
  /** Each payer's payments settle in its own order. */
  keepsOrder: boolean;
  /** Some payments settle together, in batches that leave nobody below its floor, rather than each alone. */
  settlesTogether: boolean;
  /** The only own order that the method knows; where it is not said, any. */
  order?: OwnOrder;
  /** Settles what can be settled. Shapes: a desk on which a queue lies. */
  release(desk: ClearingDesk, terms: UnionTerms): void;
}

const alone = { keepsOrder: true, settlesTogether: false } as const;

/** All methods, by the name a scenario or a command says. */
export const queueMethods = {
  fifo: { title: "gross, first in first out", ...alone, release: fifo },
  bypass: { title: "gross, small may pass large", ...alone, keepsOrder: false, release: bypass },
  priority: { title: "gross, most urgent first", ...alone, order: "priority", release: fifo },
  deadline: { title: "gross, earliest deadline first", ...alone, order: "deadline", release: fifo },
  bilateral: {
    title: "gross in order, then bilateral offset",
    keepsOrder: false,
    settlesTogether: true,
    release: bilateral,
  },
  cycles: {
    title: "gross in order, then cycles, smallest first",
    keepsOrder: false,
    settlesTogether: true,
    release: cycles,
  },
  largestCycles: {
    title: "gross in order, then of all cycles the largest value first",
    keepsOrder: false,
    settlesTogether: true,
    release: largestCycles,
  },
  gridlock: {
    title: "gridlock resolution with own order kept (Bech and Soramäki)",
    keepsOrder: true,
    settlesTogether: true,
    release: gridlock,
  },
  unions: {
    title: "unions of cycles, own order not kept",
    keepsOrder: false,
    settlesTogether: true,
    release: unions,
  },
  exact: {
    title: "exact optimum by branch and bound",
    keepsOrder: false,
    settlesTogether: true,
    release: exact,
  },
} as const satisfies Record<string, QueueMethod>;

/** The name of a method. */
export type QueueMethodName = keyof typeof queueMethods;

/**
 * Terms that suit most queues: cycles of up to 5 participants, 20,000 steps in search of them, the highest value, and
 * nodes enough for any queue of 20 payments: the whole tree has 2^21 - 2.
 */
export const usualTerms: Readonly<UnionTerms> = {
  maxCycleLength: 5,
  cycleBudget: 20_000,
  nodeBudget: 2_200_000,
  objective: "value",
};
