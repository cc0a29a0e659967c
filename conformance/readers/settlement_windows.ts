// pay/mojaloop_ndc_settlement.json: what may be reserved under liquidity cover and net debit cap, how a window settles
// step by step, and mistakes that must not come back. Steps that are words are played by an example of their kind.

import assert from "node:assert/strict";
import { admission, type Member, settleWindows } from "#/model/clearing/windows.ts";
import { type CaseResult, examine, unread } from "../case.ts";

type Transfer = number | { amount: number; state: string };

interface PrepareCase {
  id: string;
  position: number;
  reserved?: number;
  settlement_account: number;
  liquidity_cover?: number;
  net_debit_cap: number;
  transfers: Transfer[];
  expected: {
    states?: string[];
    errors?: (string | null)[];
    position_after?: number;
    position_changes?: number[];
    alarm?: string;
  };
}

interface File {
  prepare_cases: PrepareCase[];
  in_batch_running_available: {
    our_vector: Omit<PrepareCase, "id" | "expected"> & { correct: PrepareCase["expected"] };
  };
  deferred_net_golden: { steps: { step: string; expect: string }[] };
  must_not_regress: string[];
}

/** Reads the reservations, the steps of a window and the list of what must not come back. */
export function settlementWindowCases(text: string): CaseResult[] {
  const file = JSON.parse(text) as File;
  const { correct, ...vector } = file.in_batch_running_available.our_vector;
  const batch = { ...vector, id: "a batch never reserves more than there is", expected: correct };
  return [
    ...[...file.prepare_cases, batch].map((one) => examine(one.id, () => checkPrepare(one))),
    ...file.deferred_net_golden.steps.map(({ step }) => played(step, windowSteps)),
    ...file.must_not_regress.map((mistake) => played(mistake, mistakes)),
  ];
}

const codes = { reserved: null, noCover: "4001", overCap: "4200" } as const;

function checkPrepare(one: PrepareCase): void {
  // A settlement account below zero is money held for the member.
  const member: Member = {
    positionFen: one.position + (one.reserved ?? 0),
    coverFen: one.liquidity_cover ?? -one.settlement_account,
    netDebitCapFen: one.net_debit_cap,
  };
  const states: string[] = [], errors: (string | null)[] = [], positions: number[] = [];
  for (const transfer of one.transfers) {
    const isValid = typeof transfer === "number", amountFen = isValid ? transfer : transfer.amount;
    const code = isValid ? codes[admission(member, amountFen)] : "2001";
    if (code === null) positions.push(member.positionFen += amountFen);
    states.push(code === null ? "RESERVED" : "ABORTED_REJECTED");
    errors.push(code);
  }
  const { expected } = one;
  for (const [key, answer] of Object.entries(expected)) {
    if (key === "states") assert.deepEqual(states, answer);
    else if (key === "errors") {
      assert.deepEqual(
        errors,
        (answer as PrepareCase["expected"]["errors"])!.map((it) => it?.slice(0, 4) ?? null),
      );
    } else if (key === "position_after") assert.equal(member.positionFen, answer);
    else if (key === "position_changes") assert.deepEqual(positions, answer);
    else if (key === "alarm") assert.ok(member.positionFen > member.coverFen * 0.5);
    else throw new RangeError(`no reader for expectation "${key}"`);
  }
}

/** Runs the first example whose sign stands in the words; a case that nobody plays fails. */
function played(words: string, examples: readonly [RegExp, () => void][]): CaseResult {
  const example = examples.find(([sign]) => sign.test(words));
  return example ? examine(words, example[1]) : unread(words, "this step");
}

const member = (positionFen: number, coverFen = 100, netDebitCapFen = 90): Member => ({
  ...{ positionFen, coverFen, netDebitCapFen },
});
const window = [{ payer: "1", payee: "2", amountFen: 40 }, { payer: "2", payee: "1", amountFen: 10 }];
const before = { "1": member(30), "2": member(-30) };
const settlement = () => settleWindows(before, [window]);
const position = (members: Record<string, Member>) =>
  Object.values(members).map(({ positionFen }) => positionFen);

const windowSteps: [RegExp, () => void][] = [
  [/^close/, () => assert.throws(() => settleWindows(before, [[]]), /window 0: it is empty/)],
  [/^create|RECORDED/, () => {
    assert.deepEqual(settlement().nets.map(({ participant, netFen }) => [participant, netFen]), [["1", -30], [
      "2",
      30,
    ]]);
    assert.deepEqual(position(before), [30, -30]);
  }],
  [/RESERVED/, () => assert.deepEqual(position(settlement().reserved), [30, 0])],
  [/COMMITTED/, () => assert.deepEqual(position(settlement().committed), [0, 0])],
  [/^SETTLED/, () => {
    // All or nothing: there is no half of a settlement, and the money that moved is all there.
    const { committed, refused } = settlement();
    assert.deepEqual([refused, committed["1"].coverFen, committed["2"].coverFen], [[], 70, 130]);
  }],
];

const mistakes: [RegExp, () => void][] = [
  [/doubled/, () => assert.deepEqual(position(settlement().committed), [0, 0])],
  [/one of two/, () => {
    const members = { "1": member(0, 100_000, 90_000), "2": member(0, 100_000, 90_000) };
    const windows = [[{ payer: "1", payee: "2", amountFen: 10_000 }], [{
      payer: "2",
      payee: "1",
      amountFen: 100_000,
    }]];
    for (
      const { payer, payee, amountFen } of windows.flat() as {
        payer: "1" | "2";
        payee: "1" | "2";
        amountFen: number;
      }[]
    ) {
      assert.equal(admission(members[payer], amountFen), "reserved");
      members[payer].positionFen += amountFen;
      members[payee].positionFen -= amountFen;
    }
    assert.deepEqual(settleWindows(members, windows.slice(0, 1)).refused, [{
      participant: "2",
      overFen: 10_000,
    }]);
    assert.deepEqual(settleWindows(members, windows).refused, []);
  }],
  [/exceeding/, () => assert.equal(admission(member(80), 11), "overCap")],
  [/timeout/, () => {
    // A reservation that is given back leaves the position as it was.
    const held = member(20), room = 70;
    held.positionFen += room;
    assert.equal(admission(held, 1), "overCap");
    held.positionFen -= room;
    assert.equal(admission(held, room), "reserved");
  }],
];
