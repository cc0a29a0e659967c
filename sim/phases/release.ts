// Release: which payments that wait on the bridge settle now, by the scenario's method, and whether a gridlock is left.

import { largestInOrder } from "#/model/clearing/methods/gridlock.ts";
import type { PaymentColumns } from "#/model/clearing/work.ts";
import type { Bridge } from "#/sim/tables/bridge.ts";
import type { World } from "#/sim/world.ts";
import { leaveQueue } from "#/sim/tables/bridge_queue.ts";
import { keepsBack, mayPay, settleRow } from "./bridge.ts";
import { operatorAt } from "./channel.ts";
import { availableFen } from "./prefund.ts";
import { fundTransfer } from "./transfer.ts";

/** Most steps that a search for sets of payments may take at one time; the best found counts. */
const searchTerms = { maxCycleLength: 5, cycleBudget: 2_000, nodeBudget: 5_000, objective: "value" } as const;

/** Settles what the method finds, where anything has changed since it last looked; notes a gridlock that is left. */
export function settleWaiting(world: World, minute: number): void {
  const { bridge, terms, today, participants, ledger, chart } = world, { desk, queue } = bridge;
  if (!bridge.changed) return;
  bridge.changed = bridge.gridlocked = false;
  if (queue.waiting === 0 || today.bridgeDown || world.faults.frozen[operatorAt] !== 0) return;
  fundTransfers(world, minute);
  const columns = lay(world, minute);
  if (columns.count === 0) return;
  for (let p = 0; p < columns.participants; p++) bridge.availableFen[p] = availableFen(world, p);
  const { method } = terms.clearing;
  desk.begin(columns, {
    balanceFen: bridge.availableFen,
    creditFen: bridge.noneFen,
    order: method.order ?? "entry",
  });
  method.release(desk, searchTerms);
  if (desk.settled > 0) {
    if (method.settlesTogether) bridge.resolutions++;
    // Those that settle together leave nobody below its floor; one after the other they may.
    for (let p = 0; p < columns.participants; p++) ledger.setFloor(chart.prefund[p], -Infinity);
    for (let k = 0; k < desk.settled; k++) settleRow(world, bridge.rowOf[desk.sequence[k]], minute);
    for (let p = 0; p < columns.participants; p++) {
      ledger.setFloor(chart.prefund[p], -bridge.creditFen[p]);
      const lowFen = desk.openingFen[p] - desk.peakUsedFen[p] - bridge.creditFen[p];
      if (lowFen < participants.prefundLowFen[p]) participants.prefundLowFen[p] = lowFen;
    }
    bridge.changed = false;
    fundTransfers(world, minute);
  }
  const left = desk.waiting(desk.list);
  bridge.gridlocked = left > 0 && largestInOrder(desk, desk.list, left) > 0;
}

/** Reserves the money of transfers that meet a fault and are next: what is only reserved helps nobody else to pay. */
function fundTransfers(world: World, minute: number): void {
  const { bridge: { queue }, faults, terms } = world;
  if (faults.inFlight.size === 0) return;
  let passed = 0;
  for (let row = queue.oldest; row >= 0;) {
    const next = queue.after[row], k = queue.purchase[row], payer = queue.payer[row], own = 1 << payer;
    const isNext = !terms.clearing.method.keepsOrder || (passed & own) === 0;
    if (isNext && k >= 0 && faults.inFlight.has(k) && mayPay(world, payer, queue.amountFen[row], minute)) {
      leaveQueue(queue, row);
      fundTransfer(world, k, minute);
    } else if (k >= 0 || (terms.clearing.method.order ?? "entry") === "entry") {
      // By priority or deadline a purchase goes before an institution's bulk.
      passed |= own;
    }
    row = next;
  }
}

/** Lays the payments that wait, are not kept back and find room on the rail on the desk, in order of entry. */
function lay(world: World, minute: number): PaymentColumns {
  const { bridge, terms } = world, { queue, sentFen } = bridge;
  const columns = columnsFor(bridge, queue.waiting);
  const most = Math.min(queue.waiting, Math.floor(bridge.room));
  const { inFlight } = world.faults;
  let count = 0, behind = 0;
  bridge.laidFen.fill(0);
  for (let row = queue.oldest; row >= 0 && count < most; row = queue.after[row]) {
    const payer = queue.payer[row], amountFen = queue.amountFen[row];
    if (inFlight.size > 0) {
      // Transfers that meet a fault are funded one by one; where order is kept, nothing of their payer goes before them.
      if (terms.clearing.method.keepsOrder && behind & 1 << payer) continue;
      if (queue.purchase[row] >= 0 && inFlight.has(queue.purchase[row])) {
        behind |= 1 << payer;
        continue;
      }
    }
    if (terms.clearing.withholding[payer] !== null) {
      // As if what has been laid before it had been sent.
      sentFen[payer] += bridge.laidFen[payer];
      const isKept = keepsBack(world, payer, amountFen, minute);
      sentFen[payer] -= bridge.laidFen[payer];
      if (isKept) continue;
    }
    bridge.laidFen[payer] += amountFen;
    columns.payer[count] = payer;
    columns.payee[count] = queue.payee[row];
    columns.amountFen[count] = amountFen;
    columns.priority![count] = queue.purchase[row] >= 0 ? 0 : 1;
    columns.deadlineMinute![count] = queue.until[row];
    bridge.rowOf[count++] = row;
  }
  columns.count = count;
  return columns;
}

/** The columns of the desk, with room for as many. */
function columnsFor(bridge: Bridge, rows: number): PaymentColumns {
  if (bridge.rowOf.length < rows) {
    const room = Math.max(rows, 2 * bridge.rowOf.length);
    bridge.rowOf = new Int32Array(room);
    bridge.columns = {
      count: 0,
      participants: bridge.columns.participants,
      payer: new Int32Array(room),
      payee: new Int32Array(room),
      amountFen: new Float64Array(room),
      priority: new Int32Array(room),
      deadlineMinute: new Int32Array(room),
    };
  }
  return bridge.columns;
}
