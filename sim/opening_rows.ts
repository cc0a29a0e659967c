// The rows of an opening book that wait for a day: what revolves, what comes back, courses and treatments under way.

import { nextPlace, segmentOfDay } from "./tables/day_ring.ts";
import { code } from "./ledger/chart.ts";
import { deliveredFen } from "#/model/credit/staged.ts";
import { lineCount } from "./tables/lines.ts";
import { pay, type World } from "./world.ts";

/** Rows by line: those of line l are `start[l]` to `start[l + 1]` in each column. */
export interface RowsByLine {
  start: Uint32Array;
  columns: Record<string, Float64Array>;
}

/** The rings that a book carries, with the columns that hold days. */
const rings = {
  revolving: ["fromDay"],
  refunds: ["booked", "dueDay"],
  staged: ["booked", "dueDay"],
} as const;
type Ring = keyof typeof rings;
const ringNames = Object.keys(rings) as Ring[];

/** What waits in a book, by ring. */
export type WaitingRows = Record<Ring, RowsByLine>;

/** Where the debts that rows speak of stand among those of their line: plans by row, purchases by due day and place. */
export interface Offsets {
  plan: Int32Array;
  place: (dueDay: number, place: number) => number;
}

type Columns = Record<string, Float64Array>;
type Table = { length: number; line: Uint32Array } & Record<string, ArrayLike<number>>;

/** Takes the rows of all rings of a world that has run `days` days; days are counted from day 1 of the run. */
export function takeWaiting(world: World, days: number, offsets: Offsets): WaitingRows {
  return Object.fromEntries(
    ringNames.map((name) => [name, takeRing(world, name, days, offsets)]),
  ) as WaitingRows;
}

function takeRing(world: World, name: Ring, days: number, offsets: Offsets): RowsByLine {
  const { segments } = world[name];
  const { count } = world.lines, start = new Uint32Array(count + 1);
  const each = (act: (rows: Table, k: number, ahead: number) => void) => {
    // A segment holds one day: the first from now on that falls on it.
    for (let ahead = 0; ahead < segments.length; ahead++) {
      const rows = segments[(days + ahead) % segments.length] as unknown as Table;
      for (let k = 0; k < rows.length; k++) act(rows, k, ahead);
    }
  };
  each((rows, k) => start[rows.line[k] + 1]++);
  for (let line = 0; line < count; line++) start[line + 1] += start[line];
  const at = start.slice(), total = start[count];
  const names = Object.keys(segments[0]).filter((column) => column !== "length" && column !== "line");
  const columns: Columns = Object.fromEntries(
    ["ahead", ...names].map((column) => [column, new Float64Array(total)]),
  );
  each((rows, k, ahead) => {
    const to = at[rows.line[k]]++;
    columns.ahead[to] = ahead;
    for (const column of names) columns[column][to] = rows[column][k];
    for (const column of rings[name]) columns[column][to] -= days;
    if (!columns.plan) return;
    const { plan, place, booked, dueDay } = columns;
    if (plan[to] >= 0) {
      const { loans } = world, row = plan[to];
      const isThere = loans.monthsLeft[row] > 0 && loans.line[row] === rows.line[k] &&
        loans.booked[row] === booked[to] + days;
      // A plan that has ended is still no purchase that is due by itself.
      plan[to] = isThere ? offsets.plan[row] : ended;
    }
    if (place[to] >= 0) {
      const wasDue = dueDay[to] + days;
      // What is past due is not looked up by its place any more.
      place[to] = wasDue >= days ? offsets.place(wasDue, place[to]) : 0;
    }
  });
  return { start, columns };
}

/** The row of a plan that has ended: no plan ever stands there. */
const ended = 0x7fff_fff0;

/** Gives a line the rows of its donor's line; `plans` and `places` are those of the line's debts, in the order of the book. */
export function giveWaiting(
  world: World,
  waiting: WaitingRows,
  { line, from, plans, places }: { line: number; from: number; plans: number[]; places: number[] },
): void {
  for (const name of ringNames) {
    const { start, columns } = waiting[name];
    for (let row = start[from]; row < start[from + 1]; row++) {
      const ring = world[name], day = columns.ahead[row];
      const at = nextPlace(ring as World["refunds"], day);
      const rows = segmentOfDay(ring as World["refunds"], day) as unknown as
        & Record<string, Float64Array>
        & { line: Uint32Array };
      for (const column in columns) if (column !== "ahead") rows[column][at] = columns[column][row];
      rows.line[at] = line;
      if (name === "revolving") {
        world.memory.revolvingFen[line % lineCount] += columns.amountFen[row];
        continue;
      }
      // The history is closed: nothing was lent across platforms.
      rows.bridged[at] = 0;
      rows.merchant[at] = columns.merchant[row] % world.merchants.count;
      if (columns.plan[row] >= 0) rows.plan[at] = plans[columns.plan[row]] ?? ended;
      if (columns.place[row] >= 0) rows.place[at] = places[columns.place[row]];
    }
  }
}

/** Opening entry: what banks hold for shops of courses and treatments under way. */
export function openCustody(world: World): void {
  let heldFen = 0;
  for (const { length, shopFen, stage, stages } of world.staged.segments) {
    for (let k = 0; k < length; k++) {
      heldFen += shopFen[k] - deliveredFen(shopFen[k], { done: stage[k], stages: stages[k] });
    }
  }
  pay(world, world.chart.custody, world.chart.deposits.owed, heldFen, code.opening);
}
