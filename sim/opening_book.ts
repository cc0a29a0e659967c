// The seasoned book: a history is simulated for a pool of people before day 1, and everybody takes the state of a donor
// who is alike. Levers act from day 1 and never rewrite history.

import { code, platforms } from "#/sim/ledger/chart.ts";
import { mulDiv } from "#/model/units/units.ts";
import { parties } from "#/model/names.ts";
import { grantedLimitFen } from "#/model/credit/limits.ts";
import { worthFen } from "./phases/close.ts";
import { postLimits, setLimit } from "./phases/live.ts";
import { seenIncomeFen } from "./scoring/expert.ts";
import { fusedPoints } from "./scoring/points.ts";
import { openPools } from "./phases/pledge.ts";
import { drawAtOpening } from "./phases/treasury.ts";
import { bankLine } from "#/model/funding/sources/bank_line.ts";
import { openAllowances } from "./phases/provide.ts";
import { type Measured, measured } from "./servicing.ts";
import { firstBank, prefundingTargetFen } from "./phases/clear.ts";
import { giveWaiting, openCustody, takeWaiting, type WaitingRows } from "./opening_rows.ts";
import { lenders } from "./rulebook.ts";
import { draw, process, uniform } from "./streams.ts";
import { amounts, bridgedAt, feesAt, limitAt, lineCount, lineState, principalFen } from "./tables/lines.ts";
import { appendLoan, appendOpen } from "./tables/loans.ts";
import { never } from "./tables/shoppers.ts";
import { pay, type World } from "./world.ts";

const copied = [
  "state",
  "points",
  "since",
  "lastUse",
  "oldestDue",
  "onTime",
  "late",
  "misses",
  "usualFen",
  "largeCount",
  "largeSince",
  "frozenBps",
  "frozenUntil",
  "promptedUntil",
  "offeredUntil",
  "stage",
  "worstReported",
  "reportedOn",
  "monthState",
  "allowanceFen",
  "claimFen",
  "claimBridged",
] as const;
const dayColumns: readonly string[] = [
  "since",
  "lastUse",
  "oldestDue",
  "largeSince",
  "frozenUntil",
  "promptedUntil",
  "offeredUntil",
  "reportedOn",
];

/** The state of the pool at the end of its history; days are counted from day 1 of the run, so they are negative. */
export interface OpeningBook {
  people: number;
  /** The cell of each donor: lines held at first × use of credit × income × tier. */
  cell: Uint16Array;
  hardshipUntil: Int16Array;
  /** Plots under way, and what has been done or is known of a person. */
  plots: { plot: Uint8Array; day: Int16Array; done: Uint8Array; marks: Uint8Array };
  /** Wants that were postponed: when they come back, and whose luck they take. */
  waits: { returns: Int16Array; from: Int16Array; number: Uint8Array };
  /** What the issuers misread of each person, by line: it has shaped the scores and limits that are copied. */
  noise: Int8Array;
  lines: Record<typeof copied[number], Uint8Array | Int16Array | Uint16Array | Uint32Array>;
  /** What its issuers measured of lateness and loss. */
  measured: Measured;
  /** The amounts of the pool's lines, side by side. */
  fen: Uint32Array;
  /** Purchases due one by one: those of line l are rows `start[l]` to `start[l + 1]`. */
  rows: { start: Uint32Array; dueDay: Int16Array; amountFen: Float64Array };
  /** Instalment plans, in the same way. */
  plans: {
    start: Uint32Array;
    owedFen: Float64Array;
    paymentFen: Float64Array;
    monthsLeft: Uint8Array;
    nextDue: Int16Array;
    aprBps: Uint16Array;
    booked: Int16Array;
  };
  /** What revolves, what comes back, courses and treatments under way. */
  waiting: WaitingRows;
}

/** Upper ends of the bands of use: the rank of a person's appetite for credit times the rank of the spending rate, mean 1/2. */
const useUpTo = [0.02, 0.05, 0.1, 0.2, 0.35, 0.55, 0.85];
/**
 * How many bands of each trait a donor shares with the taker, what matters most first: lines held, use of credit, income,
 * tier. A cell without donors forgets the last trait, then the one before.
 */
const bands = [4, useUpTo.length + 1, 16, 3];
const cells = bands.reduce((product, count) => product * count, 1);

/** Ranks, not levels: a lever on appetites or incomes does not choose another donor. */
function cellOf({ shoppers, streams }: World, i: number): number {
  const { firstLines, rateClass, incomeBand, tier, entity0 } = shoppers;
  draw(streams, process.person, entity0 + i, 1);
  const use = uniform(streams, 0) * (rateClass[i] + 8) / 40, band = useUpTo.findIndex((upTo) => use < upTo);
  const traits = [firstLines[i], band < 0 ? useUpTo.length : band, incomeBand[i] >> 2, tier[i]];
  return traits.reduce((cell, trait, k) => cell * bands[k] + trait, 0);
}

/** Takes the book of a world that has run its history of `days` days. */
export function takeOpeningBook(world: World, days: number): OpeningBook {
  const { shoppers, lines, loans, open } = world;
  const shift = (day: number) => day === never ? never : day - days;
  const rowCount = open.segments.reduce((sum, segment) => sum + segment.length, 0);
  const rows = {
    start: new Uint32Array(lines.count + 1),
    dueDay: new Int16Array(rowCount),
    amountFen: new Float64Array(rowCount),
  };
  const perLine = new Uint32Array(lines.count);
  const eachRow = (act: (line: number, dueDay: number, amountFen: number, k: number) => void) => {
    // A segment holds one due day: the first day from now on that falls on it.
    for (let ahead = 0; ahead < open.segments.length; ahead++) {
      const segment = open.segments[(days + ahead) % open.segments.length];
      for (let k = 0; k < segment.length; k++) act(segment.line[k], ahead, segment.amountFen[k], k);
    }
  };
  eachRow((line) => perLine[line]++);
  for (let line = 0; line < lines.count; line++) rows.start[line + 1] = rows.start[line] + perLine[line];
  const at = rows.start.slice(), offsetOf = open.segments.map(({ length }) => new Int32Array(length));
  eachRow((line, dueDay, amountFen, k) => {
    offsetOf[(days + dueDay) % open.segments.length][k] = at[line] - rows.start[line];
    rows.dueDay[at[line]] = dueDay;
    rows.amountFen[at[line]++] = amountFen;
  });

  const plans: OpeningBook["plans"] = {
    start: new Uint32Array(lines.count + 1),
    owedFen: new Float64Array(loans.open),
    paymentFen: new Float64Array(loans.open),
    monthsLeft: new Uint8Array(loans.open),
    nextDue: new Int16Array(loans.open),
    aprBps: new Uint16Array(loans.open),
    booked: new Int16Array(loans.open),
  };
  const planOffset = new Int32Array(loans.used);
  let plan = 0;
  for (let line = 0; line < lines.count; line++) {
    for (let row = lines.firstLoan[line]; row >= 0; row = loans.next[row]) {
      plans.owedFen[plan] = loans.owedFen[row];
      plans.paymentFen[plan] = loans.paymentFen[row];
      plans.monthsLeft[plan] = loans.monthsLeft[row];
      plans.nextDue[plan] = shift(loans.nextDue[row]);
      plans.aprBps[plan] = loans.aprBps[row];
      planOffset[row] = plan - plans.start[line];
      plans.booked[plan++] = shift(loans.booked[row]);
    }
    plans.start[line + 1] = plan;
  }
  return {
    people: shoppers.count,
    cell: Uint16Array.from({ length: shoppers.count }, (_, i) => cellOf(world, i)),
    hardshipUntil: shoppers.hardshipUntil.map(shift),
    plots: {
      plot: shoppers.plot.slice(),
      day: shoppers.plotDay.map(shift),
      done: shoppers.plotDone.slice(),
      marks: shoppers.marks.slice(),
    },
    waits: {
      returns: shoppers.waitReturns.map(shift),
      from: shoppers.waitFrom.map(shift),
      number: shoppers.waitNumber.slice(),
    },
    noise: shoppers.noise.slice(),
    lines: Object.fromEntries(
      copied.map((name) => [name, dayColumns.includes(name) ? lines[name].map(shift) : lines[name].slice()]),
    ) as OpeningBook["lines"],
    measured: Object.fromEntries(
      measured.map((name) => [name, world.servicing[name].slice()]),
    ) as Measured,
    fen: lines.fen.slice(),
    rows,
    plans,
    waiting: takeWaiting(world, days, {
      plan: planOffset,
      place: (dueDay, place) => offsetOf[dueDay % open.segments.length][place],
    }),
  };
}

/** Gives everybody the state of a donor, and the institutions the balances that belong to it. */
export function applyOpeningBook(world: World, book: OpeningBook): void {
  const { shoppers, lines, streams } = world;
  const donors = donorLists(book), donorOf = new Uint32Array(shoppers.count);
  for (let i = 0; i < shoppers.count; i++) {
    const list = donors[cellOf(world, i)];
    draw(streams, process.donor, shoppers.entity0 + i, 0);
    donorOf[i] = list[Math.floor(uniform(streams, 0) * list.length)];
    shoppers.hardshipUntil[i] = book.hardshipUntil[donorOf[i]];
  }
  copyColumn(shoppers.plot, book.plots.plot, donorOf, 1);
  copyColumn(shoppers.plotDay, book.plots.day, donorOf, 1);
  copyColumn(shoppers.plotDone, book.plots.done, donorOf, 1);
  copyColumn(shoppers.marks, book.plots.marks, donorOf, 1);
  copyColumn(shoppers.waitReturns, book.waits.returns, donorOf, 1);
  copyColumn(shoppers.waitFrom, book.waits.from, donorOf, 1);
  copyColumn(shoppers.waitNumber, book.waits.number, donorOf, 1);
  for (let i = 0; i < shoppers.count; i++) if (shoppers.waitReturns[i] !== never) world.counts.waiting++;
  world.counts.waitingAtStart = world.counts.waiting;
  copyColumn(shoppers.noise, book.noise, donorOf, lineCount);
  for (const name of copied) copyColumn(lines[name], book.lines[name], donorOf, lineCount);
  copyColumn(lines.fen, book.fen, donorOf, lineCount * amounts);
  const debts: Debts = { plans: [], places: [] };
  for (let line = 0; line < lines.count; line++) {
    giveLine(world, book, {
      line,
      from: donorOf[Math.floor(line / lineCount)] * lineCount + line % lineCount,
      debts,
    });
  }
  for (const name of measured) world.servicing[name].set(book.measured[name]);
  openBooks(world);
}

/** Where the debts of one line stand: the rows of its plans, the places of its purchases due one by one, in the order of the book. */
interface Debts {
  plans: number[];
  places: number[];
}

/** Gives a line what its donor's line owes and waits for. `debts` is room that is used again. */
function giveLine(
  world: World,
  { rows, plans: given, waiting }: OpeningBook,
  { line, from, debts }: { line: number; from: number; debts: Debts },
): void {
  const { lines, loans, open } = world, { plans, places } = debts;
  // The history is closed: nothing was lent across platforms.
  lines.fen[bridgedAt(line)] = 0;
  plans.length = places.length = 0;
  for (let row = rows.start[from]; row < rows.start[from + 1]; row++) {
    places.push(appendOpen(open, rows.dueDay[row], line, rows.amountFen[row]));
  }
  for (let row = given.start[from]; row < given.start[from + 1]; row++) {
    plans.push(appendLoan(loans, lines, {
      line,
      owedFen: given.owedFen[row],
      paymentFen: given.paymentFen[row],
      monthsLeft: given.monthsLeft[row],
      nextDue: given.nextDue[row],
      aprBps: given.aprBps[row],
      booked: given.booked[row],
    }));
  }
  giveWaiting(world, waiting, { line, from, plans, places });
}

type Column = Uint8Array | Int8Array | Int16Array | Uint16Array | Uint32Array;

/** Copies `width` entries a person from each person's donor. Errors: `TypeError` where the columns are not of the same kind. */
function copyColumn(to: Column, from: Column, donorOf: Uint32Array, width: number): void {
  if (to.constructor !== from.constructor) {
    throw new TypeError(`Cannot copy a ${from.constructor.name} into a ${to.constructor.name}`);
  }
  copyBits(bitsOf(to), bitsOf(from), donorOf, width);
}

type Bits = Uint8Array | Uint16Array | Uint32Array;

/** The bits of a column without their sign: the fewer kinds of arrays one loop meets, the faster it is. */
function bitsOf({ BYTES_PER_ELEMENT, buffer, byteOffset, length }: Column): Bits {
  const kind = BYTES_PER_ELEMENT === 1 ? Uint8Array : BYTES_PER_ELEMENT === 2 ? Uint16Array : Uint32Array;
  return new kind(buffer as ArrayBuffer, byteOffset, length);
}

function copyBits(to: Bits, from: Bits, donorOf: Uint32Array, width: number): void {
  for (let i = 0, at = 0; i < donorOf.length; i++) {
    const first = donorOf[i] * width;
    for (let k = first; k < first + width; k++) to[at++] = from[k];
  }
}

/** Donors by cell; where nobody is like that, the last trait is forgotten, then the one before, at last all. */
function donorLists(book: OpeningBook): Uint32Array[] {
  if (book.people === 0) throw new RangeError("Cannot open the books: the pool of donors is empty");
  // From the whole population down: each finer cell takes its own donors, or its parent's where it has none.
  let lists: Uint32Array[] = [Uint32Array.from({ length: book.people }, (_, i) => i)];
  let below = cells;
  for (const count of bands) {
    below /= count;
    const coarser = lists, start = new Uint32Array(coarser.length * count + 1);
    for (let i = 0; i < book.people; i++) start[Math.floor(book.cell[i] / below) + 1]++;
    for (let cell = 1; cell < start.length; cell++) start[cell] += start[cell - 1];
    const at = start.slice(), sorted = new Uint32Array(book.people);
    for (let i = 0; i < book.people; i++) sorted[at[Math.floor(book.cell[i] / below)]++] = i;
    lists = Array.from(
      { length: coarser.length * count },
      (_, cell) =>
        start[cell] < start[cell + 1]
          ? sorted.subarray(start[cell], start[cell + 1])
          : coarser[Math.floor(cell / count)],
    );
  }
  return lists;
}

/** The start of a history: everybody holds the lines they hold at first, granted by the launch policy; nothing is owed. */
export function openEmpty(world: World): void {
  const { shoppers, lines, terms } = world;
  world.today.cutoffPoints = terms.scenario.scoring.cutoffPoints;
  for (let i = 0; i < shoppers.count; i++) {
    for (let p = 0; p < lineCount; p++) {
      if (!(shoppers.firstLines[i] & (1 << p))) continue;
      const line = i * lineCount + p;
      lines.state[line] = lineState.active;
      lines.since[line] = 0;
      lines.points[line] = Math.max(fusedPoints(world, i, p), terms.scenario.scoring.cutoffPoints);
      const limitFen = grantedLimitFen({
        incomeFen: seenIncomeFen(world, line),
        points: lines.points[line],
        cutoffPoints: terms.scenario.scoring.cutoffPoints,
      }, terms.products[p].limits);
      setLimit(world, line, limitFen);
    }
  }
  openBooks(world);
}

/** Opening entries: cash, debts of the copied loans, lines drawn against them. Equity is the plug that is left over. */
function openBooks(world: World): void {
  const { ledger, chart, terms, lines, memory, shoppers } = world;
  ledger.beginDay(-1);
  world.nextId = 0;
  const endow = (account: number, fen: number) => pay(world, account, chart.openingPlug, fen, code.opening);
  const capFen = terms.clearing.issuerNetDebitCapFen;
  const commitmentsFen = terms.funding.reduce(
    (sum, it) => sum + it.bankLine.commitmentFen + it.uncommittedLine.limitFen + it.supplierFinance.limitFen,
    0,
  );
  for (let p = 0; p < platforms.length; p++) {
    endow(chart.settle[p], p < terms.funding.length ? terms.funding[p].cashBufferFen : capFen);
  }
  for (let bank = 0; bank < terms.clearing.banks; bank++) {
    const lendingFen = Math.ceil(commitmentsFen / terms.clearing.banks);
    endow(chart.settle[firstBank + bank], lendingFen + 4 * terms.clearing.bankNetDebitCapFen);
  }
  // Who lends over the bridge from day 0 has its money there on the eve.
  for (let p = 0; p < chart.participants.length; p++) {
    const targetFen = prefundingTargetFen(world, p);
    endow(chart.prefund[p], targetFen);
    if (targetFen > 0) world.desk.bridgeFunded |= 1 << p;
  }
  openCustody(world);
  // Lenders that are no banks have what they may be asked for on deposit at the first bank.
  const lendersFen = terms.funding.reduce(
    (sum, { shareholderLoan, privatePlacement, abs }) =>
      sum + shareholderLoan.commitmentFen + privatePlacement.amountFen + abs.issueMaxFen * abs.issues,
    0,
  );
  if (lendersFen > 0) {
    pay(world, chart.lenders, chart.deposits.owed, lendersFen, code.opening);
    endow(chart.settle[firstBank], lendersFen);
  }
  endow(chart.investors.cash, terms.project.equityCommitmentFen);

  const owedFen = new Float64Array(lineCount), feesFen = new Float64Array(lineCount);
  const limitFen = new Float64Array(lineCount);
  for (let line = 0; line < lines.count; line++) {
    owedFen[line % lineCount] += principalFen(lines, line);
    feesFen[line % lineCount] += lines.fen[feesAt(line)];
    limitFen[line % lineCount] += lines.fen[limitAt(line)];
  }
  for (let p = 0; p < lineCount; p++) {
    const accounts = chart.products[p], it = terms.funding[p];
    pay(world, accounts.loansNative, accounts.debt, owedFen[p], code.opening);
    pay(world, accounts.fees, accounts.feesOwed, feesFen[p], code.opening);
    memory.limitChangeFen[p] = limitFen[p];
    const borrowedFen = owedFen[p] - mulDiv(owedFen[p], it.equityShareBps, 10_000);
    const { commitmentFen } = it.bankLine;
    const drawnFen = bankLine.draw(borrowedFen, { commitmentFen, drawnFen: 0 });
    drawAtOpening(world, p, drawnFen);
    // The money drawn was lent long ago: it left with the loans that it funds.
    const spentFen = Math.min(drawnFen, ledger.balanceFen(chart.settle[p]) - it.cashBufferFen);
    pay(world, chart.openingPlug, chart.settle[p], Math.max(0, spentFen), code.opening);
  }
  postLimits(world);
  openPools(world);
  openAllowances(world);
  for (const party of parties) memory.worthAtStartFen.set(party, worthFen(world, party));
  for (const [k, issuer] of lenders.entries()) {
    world.treasury.worthFen[k] = memory.worthAtStartFen.get(issuer)!;
  }
  memory.externalAtStartFen = chart.external.map((account) => ledger.balanceFen(account));
  for (let i = 0; i < shoppers.count; i++) {
    for (let p = 0; p < lineCount; p++) {
      if (lines.state[i * lineCount + p] === lineState.active) memory.heldAtStart[i] |= 1 << p;
    }
  }
}
