import assert from "node:assert/strict";
import fc from "fast-check";
import { answer, type Ledger } from "#/sim/ledger/ledger.ts";
import { AuditedLedger } from "./audited_ledger.ts";
import {
  type Command,
  commandSequences,
  enormous,
  everyday,
  isMovement,
  openSome,
  perform,
} from "./ledger_commands.ts";

/** How often each answer came, so that a generator that no longer reaches one is noticed. */
type Tally = Map<string, number>;

const answers = {
  transfer: "posted short differs mistake",
  pend: "pending posted voided expired short differs mistake",
  linked: "posted short differs mistake",
  post: "unknown posted voided expired short",
  void: "unknown posted voided expired short",
  expire: "unknown posted voided expired short",
  beginDay: "done overnight",
  floor: "done mistake",
  open: "done mistake",
};
const cases = [
  { title: "everyday", ranges: everyday, more: [] },
  { title: "enormous", ranges: enormous, more: ["transfer inexact", "pend inexact", "linked inexact"] },
];

for (const { title, ranges, more } of cases) {
  Deno.test(`Ledger and its slow twin agree after every call, and the laws of money hold, at ${title} amounts`, () => {
    const tally: Tally = new Map();
    fc.assert(fc.property(commandSequences(ranges), (commands) => play(commands, tally)), {
      seed: 20190701,
      numRuns: 400,
    });
    const reached = Object.entries(answers).flatMap(([call, all]) =>
      all.split(" ").map((one) => `${call} ${one}`)
    );
    for (const kind of [...reached, ...more]) {
      assert.ok((tally.get(kind) ?? 0) >= 5, `"${kind}" came ${tally.get(kind) ?? 0} times`);
    }
  });
}

/** Plays commands on a watched ledger, which compares each answer with the twin, and checks the laws after each. */
function play(commands: readonly Command[], tally: Tally): void {
  const ledger = new AuditedLedger(3);
  openSome(ledger);
  /** Today's ids that have ended, and how. */
  const ended = new Map<number, number>();
  for (const command of commands) {
    const before = photograph(ledger);
    const { answered, kind } = ask(ledger, command);
    const after = photograph(ledger);
    tally.set(kind, (tally.get(kind) ?? 0) + 1);
    ledger.compare();
    debitsEqualCredits(ledger);
    if (command.do !== "floor") nobodyFellBelow(before, after);
    if (isMovement(command)) allOrNothing(command.legs, before, after);
    if (command.do === "beginDay" && answered === 0) ended.clear();
    if (!("id" in command) || answered === undefined) continue;
    if (ended.has(command.id)) {
      assert.ok(
        answered === ended.get(command.id) || answered === answer.differs,
        `${command.id} ended twice`,
      );
      assert.deepEqual(after, before);
    } else if (answered === answer.short || answered >= answer.posted && answered <= answer.expired) {
      const width = isMovement(command) ? command.legs.length : 1;
      for (let k = 0; k < width; k++) ended.set(command.id + k, answered);
    }
  }
}

/** What a ledger answers, undefined when it threw, and the name of that answer for the tally. */
function ask(ledger: Ledger, command: Command): { answered?: number; kind: string } {
  try {
    const answered = perform(ledger, command);
    const named = "id" in command ? Object.keys(answer)[answered] : "done";
    return { answered, kind: `${command.do} ${named}` };
  } catch (error) {
    const { message } = error as Error;
    if (!message.startsWith("Cannot ")) throw error;
    const why = message.includes("exact only up to") ? "inexact" : "mistake";
    return { kind: `${command.do} ${message.includes("still pending") ? "overnight" : why}` };
  }
}

interface Account {
  balance: number;
  available: number;
}

function photograph(ledger: Ledger): Account[] {
  return ledger.names.map((_, account) => ({
    balance: ledger.balanceFen(account),
    available: ledger.availableFen(account),
  }));
}

function debitsEqualCredits(ledger: Ledger): void {
  const total = (column: Float64Array) => column.reduce((sum, fen) => sum + BigInt(fen), 0n);
  assert.equal(total(ledger.debitsPosted), total(ledger.creditsPosted));
  assert.equal(total(ledger.debitsPending), total(ledger.creditsPending));
  assert.equal(total(ledger.turnoverFen), total(ledger.debitsPosted));
  assert.equal(BigInt(ledger.volumeFen), total(ledger.debitsPosted) + total(ledger.debitsPending));
  assert.ok(ledger.debitsPending.every((fen) => fen >= 0) && ledger.creditsPending.every((fen) => fen >= 0));
}

/** What is available to an account may be less than nothing after its floor moved, but no call makes it so. */
function nobodyFellBelow(before: Account[], after: Account[]): void {
  for (const [account, { available }] of before.entries()) {
    const now = after[account].available;
    assert.ok(now >= Math.min(0, available), `account ${account} fell from ${available} to ${now}`);
  }
}

/** Either no posted balance moved, or each moved by what the legs say. */
function allOrNothing(
  legs: readonly { debit: number; credit: number; amountFen: number }[],
  before: Account[],
  after: Account[],
) {
  const moved = after.map(({ balance }, account) => BigInt(balance) - BigInt(before[account].balance));
  if (moved.every((fen) => fen === 0n)) return;
  const due = before.map(() => 0n);
  for (const { debit, credit, amountFen } of legs) {
    due[debit] += BigInt(amountFen);
    due[credit] -= BigInt(amountFen);
  }
  assert.deepEqual(moved, due);
}
