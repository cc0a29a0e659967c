// Random days at the ledger: openings, floors, transfers, reservations and how they end, groups, and ids used again.

import fc from "fast-check";
import type { LedgerBook, Leg } from "#/sim/ledger/ledger.ts";

/** A call that may move money. */
export type Movement =
  | { do: "transfer" | "pend"; id: number; legs: [Leg] }
  | { do: "linked"; id: number; legs: Leg[] };

/** One call to a ledger. */
export type Command =
  | Movement
  | { do: "open"; name: string; floorFen: number }
  | { do: "floor"; account: number; floorFen: number }
  | { do: "post" | "void" | "expire"; id: number }
  | { do: "beginDay"; day: number };

/** What a random sequence is drawn from. Amounts should be small enough against floors that some are refused. */
export interface CommandRanges {
  amountFen: fc.Arbitrary<number>;
  floorFen: fc.Arbitrary<number>;
}

const most = Number.MAX_SAFE_INTEGER, eighth = (most + 1) / 8, large = 1_099_511_627_776; // 2^53 − 1, 2^50, 2^40

/** Everyday amounts, and now and then one that must be refused as a mistake. */
export const everyday: CommandRanges = {
  amountFen: often([
    [30, fc.integer({ min: 1, max: 60 })],
    [1, fc.constantFrom(0, -1, 0.5, NaN, Infinity, most + 1)],
  ]),
  floorFen: often([
    [10, fc.integer({ min: -120, max: 20 })],
    [3, fc.constant(-Infinity)],
    [1, fc.constantFrom(NaN, 0.5, Infinity)],
  ]),
};

/** Amounts of which a handful pass 2^53 fen, where a float would begin to lose fen. */
export const enormous: CommandRanges = {
  amountFen: often([
    [3, fc.integer({ min: 1, max: 3 })],
    [3, fc.integer({ min: large - 2, max: large })],
    [2, fc.integer({ min: eighth - 2, max: eighth + 2 })],
    [1, fc.integer({ min: 4 * eighth - 2, max: most })],
  ]),
  floorFen: often([
    [2, fc.integer({ min: -most, max: most })],
    [2, fc.integer({ min: -large, max: 0 })],
    [4, fc.constant(-Infinity)],
  ]),
};

/** How many accounts {@link openSome} opens. */
const opened = 4;

/** Opens the accounts that commands start from: two with a floor, two without. */
export function openSome(book: LedgerBook): void {
  [0, -50, -Infinity, -Infinity].forEach((floorFen, k) => book.openAccount(`account-${k}`, "jd", floorFen));
}

/** Sends one command to a book and returns what it answers; 0 where it answers nothing. */
export function perform(book: LedgerBook, command: Command): number {
  switch (command.do) {
    case "transfer":
    case "pend": {
      const { debit, credit, amountFen, code } = command.legs[0];
      return book[command.do](command.id, debit, credit, amountFen, code);
    }
    case "linked":
      return book.linked(command.id, command.legs);
    case "post":
    case "void":
    case "expire":
      return book[command.do](command.id);
    case "open":
      // Those with a floor are opened in another currency, so that calls across currencies are tried, too.
      return book.openAccount(
        command.name,
        "jd",
        command.floorFen,
        command.floorFen === -Infinity ? undefined : "HKD",
      );
    case "floor":
      book.setFloor(command.account, command.floorFen);
      return 0;
    case "beginDay":
      book.beginDay(command.day);
      return 0;
  }
}

const ids = 12;

/** How an earlier call comes back: as it was, with an end for its id, or with one thing changed. */
type Again = "same" | "post" | "void" | "expire" | number;

/** Sequences of commands, in which earlier calls come again, as they were or with one thing changed. */
export function commandSequences({ amountFen, floorFen }: CommandRanges): fc.Arbitrary<Command[]> {
  // The higher numbers are open only after further openings.
  const account = often([[4, fc.nat(opened + 1)], [1, fc.constantFrom(-1, 1.5, NaN)]]);
  const id = often([[40, fc.nat(ids - 1)], [1, fc.constantFrom(-1, 1.5, NaN)]]);
  const code = often([[40, fc.nat(255)], [1, fc.constantFrom(256, -1, 0.5)]]);
  const two = fc.tuple(fc.nat(opened - 1), fc.integer({ min: 1, max: opened - 1 }))
    .map(([debit, on]): [number, number] => [debit, (debit + on) % opened]);
  const pair = often([[20, two], [1, fc.tuple(account, account)]]);
  const leg = fc.tuple(pair, amountFen, code)
    .map(([[debit, credit], amountFen, code]): Leg => ({ debit, credit, amountFen, code }));
  const one = leg.map((only): [Leg] => [only]);
  const link = fc.constant("linked" as const);
  const movement: fc.Arbitrary<Movement> = often<Movement>([
    [3, fc.record({ do: fc.constant("transfer" as const), id, legs: one })],
    [4, fc.record({ do: fc.constant("pend" as const), id, legs: one })],
    [3, fc.record({ do: link, id, legs: fc.array(leg, { minLength: 1, maxLength: 5 }) })],
    [1, fc.record({ do: link, id, legs: fc.array(leg, { maxLength: 1 }) })],
  ]);
  const opening = fc.record({ do: fc.constant("open" as const), name: fc.constantFrom("x", "y"), floorFen });
  const ending = fc.constantFrom("post", "void", "expire");
  const again = fc.record({
    back: fc.nat(4),
    how: often<Again>([[3, fc.constant("same")], [3, ending], [4, fc.nat(8)]]),
  });
  const entry = often<Command[] | { back: number; how: Again }>([
    [12, movement.map((command) => [command])],
    [12, again],
    [3, fc.record({ do: ending, id }).map((command) => [command])],
    [1, fc.record({ do: fc.constant("floor" as const), account, floorFen }).map((command) => [command])],
    [1, opening.map((command) => [command])],
    [1, fc.boolean().map(endOfDay)],
  ]);
  return fc.array(entry, { minLength: 1, maxLength: 60, size: "max" }).map((entries) => {
    const commands: Command[] = [];
    for (const drawn of entries) {
      if (Array.isArray(drawn)) commands.push(...drawn);
      else {
        const earlier = commands.filter(isMovement).at(-1 - drawn.back);
        if (earlier) commands.push(repeated(earlier, drawn.how));
      }
    }
    return commands;
  });
}

/** Whether a command may move money. */
export function isMovement(command: Command): command is Movement {
  return command.do === "transfer" || command.do === "pend" || command.do === "linked";
}

/** The next day, with or without an end for what is still pending. */
function endOfDay(orderly: boolean): Command[] {
  const ends = Array.from({ length: ids + 4 }, (_, id): Command => ({ do: "expire", id }));
  return [...(orderly ? ends : []), { do: "beginDay", day: 1 }];
}

function repeated(command: Movement, how: Again): Command {
  if (how === "same") return command;
  if (typeof how === "string") return { do: how, id: command.id };
  return command.legs.length === 0 ? command : variations(command)[how];
}

/** The same call with one thing changed: a field of its last leg, how many legs it has, or what it is. */
function variations(command: Movement): Movement[] {
  const { id, legs } = command, last = legs.length - 1;
  const { debit, credit, amountFen, code } = legs[last];
  const another = [0, 1, 2].find((account) => account !== debit && account !== credit)!;
  const withLast = (part: Partial<Leg>) => ({
    ...command,
    legs: legs.with(last, { ...legs[last], ...part }),
  });
  return [
    withLast({ debit: another }) as Movement,
    withLast({ credit: another }) as Movement,
    withLast({ amountFen: amountFen + 1 }) as Movement,
    withLast({ code: (code + 1) % 256 }) as Movement,
    { do: "linked", id, legs: legs.slice(0, last) },
    { do: "linked", id, legs: [...legs, legs[0]] },
    { do: "linked", id: id + 1, legs: legs.slice(1) },
    { do: "pend", id, legs: [legs[0]] },
    { do: "transfer", id: id + last, legs: [legs[last]] },
  ];
}

function often<T>(choices: [weight: number, fc.Arbitrary<T>][]): fc.Arbitrary<T> {
  return fc.oneof(...choices.map(([weight, arbitrary]) => ({ weight, arbitrary })));
}
