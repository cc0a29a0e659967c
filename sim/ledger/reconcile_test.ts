// One fen flipped in any money column stops the run at that day's close, with the account and the amount.

import assert from "node:assert/strict";
import { products } from "#/model/names.ts";
import { openSmall, type Phase, small, walkDay } from "#/sim/testing/worlds.ts";
import { amountNames, amounts, lineCount } from "#/sim/tables/lines.ts";
import type { World } from "#/sim/world.ts";
import { reconcile, ReconciliationError } from "./reconcile.ts";

/** A world with debts in every state, money held back, and bills that the project cannot pay yet. */
const supposed = small("interop", {
  shoppers: 400,
  days: 60,
  set: [
    "fraud.perYearPpm.stolenAccount=400000",
    "behaviour.hardshipPerYearBps=4000",
    "clearing.issuerNetDebitCapCny=300000000",
    "project.equityCommitmentCny=60000000",
  ],
});
const settled = openSmall(supposed);
for (let day = 0; day < 20; day++) walkDay(settled, day);

/** The error of a close, or none. */
function stop(act: () => void): ReconciliationError | undefined {
  try {
    act();
  } catch (error) {
    if (error instanceof ReconciliationError) return error;
    throw error;
  }
}

/** Adds a fen, reconciles, takes it away again, and returns what reconciling said. */
function flip(column: Float64Array | Uint32Array | number[], at: number): ReconciliationError {
  column[at]++;
  const said = stop(() => reconcile(settled, "the replay line"));
  column[at]--;
  assert.ok(said, "nothing stopped");
  assert.equal(Math.abs(said.tableFen - said.bookFen), 1, said.message);
  return said;
}

/** Adds a fen to a single number of an object. */
function flipOne<T extends object>(of: T, key: keyof T & string): ReconciliationError {
  const column = [of[key] as number];
  const all = of as Record<string, number>;
  all[key]++;
  const said = stop(() => reconcile(settled, "the replay line"));
  all[key] = column[0];
  assert.ok(said, `nothing stopped for ${key}`);
  assert.equal(Math.abs(said.tableFen - said.bookFen), 1, said.message);
  return said;
}

Deno.test("reconcile() finds nothing in a sound world, and counts its checks", () => {
  const before = settled.checks;
  reconcile(settled, "");
  assert.ok(settled.checks - before > 100);
});

Deno.test("a fen on a line stops the run with the control account of its product", () => {
  const accounts = {
    limit: "limits",
    reserved: "reserved",
    open: "loans",
    plan: "loans",
    billed: "loans",
    overdue: "loans",
    fees: "fees",
    bridged: "loans.bridged",
  };
  for (const [p, product] of products.entries()) {
    for (const [k, name] of amountNames.entries()) {
      for (const person of [0, 199, 399]) {
        const { account } = flip(settled.lines.fen, (person * lineCount + p) * amounts + k);
        assert.equal(account, `${accounts[name]}.${product}`);
      }
    }
  }
});

Deno.test("a fen that moves from one amount of a line to another stops the run where the amounts have rows of their own", () => {
  const { lines } = settled;
  const line = Array.from(lines.state.keys()).find((line) =>
    lines.fen[line * amounts + 2] > 0 && line % lineCount === 0
  )!;
  lines.fen[line * amounts + 2]--;
  lines.fen[line * amounts + 4]++;
  const said = stop(() => reconcile(settled, ""));
  lines.fen[line * amounts + 2]++;
  lines.fen[line * amounts + 4]--;
  assert.equal(said?.account, "rows.baitiao");
});

Deno.test("a fen in a plan or in an open purchase stops the run with its kind and product", () => {
  const { loans, open } = settled;
  const rows = Array.from({ length: loans.used }, (_, row) => row).filter((row) => loans.monthsLeft[row] > 0);
  for (const row of [rows[0], rows.at(-1)!]) {
    const product = products[loans.line[row] % lineCount];
    assert.equal(flip(loans.owedFen, row).account, `plans.${product}`);
    assert.equal(flip(loans.paymentFen, row).account, `payments of plans.${product}`);
  }
  for (const [p, product] of products.entries()) {
    assert.equal(flip(loans.paymentsFen, p).account, `payments of plans.${product}`);
  }
  for (const { length, amountFen } of open.segments) {
    if (length > 0) assert.equal(flip(amountFen, length - 1).account, "rows.baitiao");
  }
});

Deno.test("a fen of an income stops the run", () => {
  assert.equal(flip(settled.shoppers.incomeFen, 7).account, "incomes");
  assert.equal(flipOne(settled.memory, "incomesFen").account, "incomes");
  assert.equal(flipOne(settled.memory, "wagesPerDayFen").account, "wages of a day");
});

Deno.test("a fen in a shop's takings stops the run", () => {
  assert.equal(flip(settled.merchants.takingsFen, 3).account, "deposits.merchants");
});

Deno.test("a fen in a position, or in what is held back, stops the run with the participant", () => {
  const { participants, chart } = settled;
  const { count } = participants;
  for (const [p, { name }] of chart.participants.entries()) {
    assert.equal(flip(participants.positionFen, p).account, `due.${name}`);
    assert.equal(flip(participants.heldByFen, p).account, `held by ${name}`);
    assert.equal(flip(participants.heldNewFen, p).account, "held, not posted");
    const other = (p + 1) % count, first = chart.participants[Math.min(p, other)].name;
    assert.equal(flip(participants.heldFen, p * count + other).account, `held.${first}`);
  }
});

Deno.test("a fen in any counter of any account stops the run with the account", () => {
  const { ledger } = settled;
  for (const [account, name] of ledger.names.entries()) {
    assert.equal(flip(ledger.debitsPosted, account).account, name);
    assert.equal(flip(ledger.creditsPosted, account).account, name);
    assert.equal(flip(ledger.tallyFen, account).account, name);
    assert.equal(flip(ledger.debitsPending, account).account, `pending debits of ${name}`);
    assert.equal(flip(ledger.creditsPending, account).account, `pending credits of ${name}`);
  }
});

Deno.test("a fen in the turnover stops the run", () => {
  const { ledger } = settled;
  assert.equal(flip(ledger.turnoverFen, 1).account, "turnover");
  assert.equal(flipOne(ledger, "volumeFen").account, "volume");
});

Deno.test("a fen of losses, bills or fees that an institution remembers stops the run", () => {
  const { memory } = settled;
  assert.ok(memory.capexDueFen > 0, "the project must have unpaid bills");
  assert.equal(flip(memory.lossByFen, 0).account, "losses shared");
  assert.equal(flipOne(memory, "lossIncurredFen").account, "losses incurred");
  assert.equal(flipOne(memory, "capexPaidFen").account, "capex paid");
  assert.equal(flipOne(memory, "capexDueFen").account, "capex due");
  assert.equal(flipOne(memory, "runningDueFen").account, "running costs due");
  assert.equal(flip(memory.collectionDueFen, 1).account, "collection costs due");
  assert.equal(flipOne(memory, "collectionIncurredFen").account, "collection costs due");
  assert.equal(flipOne(memory, "contractEarnedFen").account, "contract due");
  assert.equal(flipOne(memory, "contractDueFen").account, "contract due");
});

Deno.test("a floor that a balance does not meet stops the run with the account", () => {
  const { ledger, chart } = settled, account = chart.settle[0];
  ledger.floorFen[account] = ledger.balanceFen(account) + 1;
  const said = stop(() => reconcile(settled, ""));
  ledger.floorFen[account] = 0;
  assert.equal(said?.account, "floor of settle.jd");
});

/** Flips a fen after one phase of day 20 and returns how that day ends. */
function flipWithin(phase: Phase, act: (world: World) => void): ReconciliationError | undefined {
  const world = openSmall(supposed);
  for (let day = 0; day < 20; day++) walkDay(world, day);
  return stop(() => walkDay(world, 20, (done) => done === phase && act(world)));
}
const onCredit = ({ purchases }: World) => purchases.product.indexOf(1);

Deno.test("a fen slipped into the day's scratch, phase by phase, stops the run at that day's close", () => {
  const cases: [Phase, string, (world: World) => void][] = [
    ["authorise", "a purchase", (world) => world.purchases.amountFen[onCredit(world)]++],
    ["authorise", "a reservation", ({ lines }) => lines.fen[amounts + 1]++],
    ["clear", "a purchase", (world) => world.purchases.amountFen[onCredit(world)]++],
    ["repay", "an obligation taken into the window", ({ participants }) => participants.obligedFen[1]++],
    ["clear", "what was cleared on credit", ({ desk }) => desk.clearedFen++],
    ["clear", "a bridge fee", ({ desk }) => desk.bridgeFeesFen++],
    ["lose", "a debt written off", ({ memory }) => memory.lost[1].nativeFen++],
    ["lose", "a debt across platforms written off", ({ memory }) => memory.lost[1].bridgedFen++],
    ["lose", "charges written off", ({ memory }) => memory.lost[1].feesFen++],
    ["lose", "what a claim sold for", ({ memory }) => memory.lost[1].saleFen++],
    ["lose", "what was stolen", ({ memory }) => memory.lost[1].stolenFen++],
    ["book", "a limit granted", ({ memory }) => memory.limitChangeFen[1]++],
  ];
  for (const [phase, what, act] of cases) {
    const said = flipWithin(phase, act);
    assert.ok(said, `${what}, after ${phase}: nothing stopped`);
    assert.equal(said.day, 20);
    assert.equal(Math.abs(said.tableFen - said.bookFen), 1, `${what}: ${said.message}`);
  }
});

Deno.test("a run that is stopped names the day, the account, the amount and its replay line", () => {
  settled.merchants.takingsFen[0] += 7;
  const said = stop(() => reconcile(settled, "deno task hutong run interop"));
  settled.merchants.takingsFen[0] -= 7;
  assert.match(
    said!.message,
    /^Day 19 does not reconcile: deposits\.merchants is \d+ fen .* a difference of 7 fen\. Replay: deno task hutong run interop$/,
  );
});
