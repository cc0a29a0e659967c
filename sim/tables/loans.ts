// Instalment plans as full rows, with a free list; pay-later purchases as short rows in a ring of due days.

import { instalmentFen } from "#/model/credit/instalment.ts";
import type { Fen } from "#/model/units/units.ts";
import { lineCount, type Lines } from "./lines.ts";

/** Instalment plans. A free row has no months left. */
export interface Loans {
  /** Rows ever used; free rows among them are skipped. */
  used: number;
  open: number;
  line: Uint32Array;
  owedFen: Float64Array;
  paymentFen: Float64Array;
  monthsLeft: Uint8Array;
  nextDue: Int16Array;
  aprBps: Uint16Array;
  /** The day of the purchase: with the row it names a plan, since rows are used again. */
  booked: Int16Array;
  /** Next plan of the same line, or next free row; −1 ends. */
  next: Int32Array;
  firstFree: number;
  /** Sum of the monthly payments of all open plans, by product. */
  paymentsFen: Float64Array;
}

/** Allocates room for a number of plans; it grows by half when full. */
export function allocateLoans(room: number): Loans {
  return {
    used: 0,
    open: 0,
    line: new Uint32Array(room),
    owedFen: new Float64Array(room),
    paymentFen: new Float64Array(room),
    monthsLeft: new Uint8Array(room),
    nextDue: new Int16Array(room),
    aprBps: new Uint16Array(room),
    booked: new Int16Array(room),
    next: new Int32Array(room).fill(-1),
    firstFree: -1,
    paymentsFen: new Float64Array(lineCount),
  };
}

/** Adds a plan to its line and returns its row. */
export function appendLoan(
  loans: Loans,
  lines: Lines,
  plan: {
    line: number;
    owedFen: Fen;
    paymentFen: Fen;
    monthsLeft: number;
    nextDue: number;
    aprBps: number;
    booked: number;
  },
): number {
  let row = loans.firstFree;
  if (row >= 0) loans.firstFree = loans.next[row];
  else {
    if (loans.used === loans.line.length) growLoans(loans);
    row = loans.used++;
  }
  loans.line[row] = plan.line;
  loans.owedFen[row] = plan.owedFen;
  loans.paymentFen[row] = plan.paymentFen;
  loans.monthsLeft[row] = plan.monthsLeft;
  loans.nextDue[row] = plan.nextDue;
  loans.aprBps[row] = plan.aprBps;
  loans.booked[row] = plan.booked;
  loans.next[row] = lines.firstLoan[plan.line];
  lines.firstLoan[plan.line] = row;
  loans.paymentsFen[plan.line % lineCount] += plan.paymentFen;
  loans.open++;
  return row;
}

/** Whether a row still holds the plan of a line that was booked on a day: rows are used again when a plan has ended. */
export function holdsPlan(
  loans: Loans,
  row: number,
  { line, booked }: { line: number; booked: number },
): boolean {
  return row >= 0 && loans.monthsLeft[row] > 0 && loans.line[row] === line && loans.booked[row] === booked;
}

/** A plan owes less from now on: its payments are made anew for the months that are left, or it ends. */
export function shrinkLoan(
  loans: Loans,
  lines: Lines,
  { row, lessFen }: { row: number; lessFen: Fen },
): void {
  const owedFen = loans.owedFen[row] - lessFen;
  if (owedFen === 0) {
    removeLoan(loans, lines, row);
    return;
  }
  const paymentFen = instalmentFen(owedFen, loans.aprBps[row], loans.monthsLeft[row]);
  loans.paymentsFen[loans.line[row] % lineCount] += paymentFen - loans.paymentFen[row];
  loans.owedFen[row] = owedFen;
  loans.paymentFen[row] = paymentFen;
}

/** Ends a plan: takes it out of its line's chain and puts the row on the free list. */
export function removeLoan(loans: Loans, lines: Lines, row: number): void {
  const line = loans.line[row];
  if (lines.firstLoan[line] === row) lines.firstLoan[line] = loans.next[row];
  else {
    let before = lines.firstLoan[line];
    while (loans.next[before] !== row) before = loans.next[before];
    loans.next[before] = loans.next[row];
  }
  loans.paymentsFen[line % lineCount] -= loans.paymentFen[row];
  loans.monthsLeft[row] = 0;
  loans.owedFen[row] = 0;
  loans.next[row] = loans.firstFree;
  loans.firstFree = row;
  loans.open--;
}

function growLoans(loans: Loans): void {
  const room = Math.ceil(loans.line.length * 1.5) + 16;
  const enlarge = <T extends { set(from: T): void }>(old: T, fresh: T): T => {
    fresh.set(old);
    return fresh;
  };
  loans.line = enlarge(loans.line, new Uint32Array(room));
  loans.owedFen = enlarge(loans.owedFen, new Float64Array(room));
  loans.paymentFen = enlarge(loans.paymentFen, new Float64Array(room));
  loans.monthsLeft = enlarge(loans.monthsLeft, new Uint8Array(room));
  loans.nextDue = enlarge(loans.nextDue, new Int16Array(room));
  loans.aprBps = enlarge(loans.aprBps, new Uint16Array(room));
  loans.booked = enlarge(loans.booked, new Int16Array(room));
  loans.next = enlarge(loans.next, new Int32Array(room).fill(-1));
}

/** Pay-later purchases of products that are due purchase by purchase: one segment a due day. */
export interface OpenPurchases {
  segments: { length: number; line: Uint32Array; amountFen: Float64Array }[];
}

/** Due days ahead that the ring can hold. */
const ringDays = 32;

/** Allocates the ring with room for a number of rows a day; segments grow by half when full. */
export function allocateOpenPurchases(roomPerDay: number): OpenPurchases {
  return {
    segments: Array.from({ length: ringDays }, () => ({
      length: 0,
      line: new Uint32Array(roomPerDay),
      amountFen: new Float64Array(roomPerDay),
    })),
  };
}

/** The segment of a due day. */
export function segmentOf(open: OpenPurchases, dueDay: number): OpenPurchases["segments"][number] {
  return open.segments[((dueDay % ringDays) + ringDays) % ringDays];
}

/** Adds a purchase that is due on a day and returns its place in the segment of that day. */
export function appendOpen(open: OpenPurchases, dueDay: number, line: number, amountFen: Fen): number {
  const segment = segmentOf(open, dueDay);
  if (segment.length === segment.line.length) {
    const room = Math.ceil(segment.length * 1.5) + 16;
    const lineColumn = new Uint32Array(room), amountColumn = new Float64Array(room);
    lineColumn.set(segment.line);
    amountColumn.set(segment.amountFen);
    segment.line = lineColumn;
    segment.amountFen = amountColumn;
  }
  segment.line[segment.length] = line;
  segment.amountFen[segment.length] = amountFen;
  return segment.length++;
}
