// Rows that wait for a day: a ring of segments, one a day ahead, each with columns of its own. Nothing is searched for.

/** Columns of one day's rows, with how many are filled. */
export type Segment<Columns> = { length: number } & Columns;

/** Segments by day modulo their number; the days ahead that can be held are one fewer. */
export interface DayRing<Columns> {
  segments: Segment<Columns>[];
}

type Column = Uint8Array | Int8Array | Int16Array | Uint32Array | Int32Array | Float64Array;

/** Allocates a ring of `days` segments; `columns` makes the columns of one with room for a number of rows. */
export function allocateRing<Columns extends object>(
  days: number,
  room: number,
  columns: (room: number) => Columns,
): DayRing<Columns> {
  return { segments: Array.from({ length: days }, () => ({ length: 0, ...columns(room) })) };
}

/** The segment of a day. */
export function segmentOfDay<Columns>({ segments }: DayRing<Columns>, day: number): Segment<Columns> {
  return segments[((day % segments.length) + segments.length) % segments.length];
}

/** A new row in the segment of a day: its place. Columns grow by half when full. */
export function nextPlace<Columns>(ring: DayRing<Columns>, day: number): number {
  const segment = segmentOfDay(ring, day);
  const table = segment as unknown as Record<string, Column>;
  if (segment.length === roomOf(table)) {
    const room = Math.ceil(segment.length * 1.5) + 16;
    for (const name of Object.keys(table)) {
      const old = table[name];
      if (!ArrayBuffer.isView(old)) continue;
      const fresh = new (old.constructor as new (room: number) => Column)(room);
      fresh.set(old);
      table[name] = fresh;
    }
  }
  return segment.length++;
}

function roomOf(table: Record<string, Column>): number {
  for (const name in table) if (ArrayBuffer.isView(table[name])) return table[name].length;
  return 0;
}

/** Parts of bills that revolve: the rows of a day begin to be due again on it, with interest since `fromDay`. */
export type RevolvingRows = DayRing<{ line: Uint32Array; amountFen: Float64Array; fromDay: Int16Array }>;

/** Allocates the ring of what revolves: a bill comes again after 31 days at most. */
export function allocateRevolving(room: number): RevolvingRows {
  return allocateRing(32, room, (room) => ({
    line: new Uint32Array(room),
    amountFen: new Float64Array(room),
    fromDay: new Int16Array(room),
  }));
}

/** Puts down that a part of a bill revolves until a day. */
export function appendRevolving(
  ring: RevolvingRows,
  untilDay: number,
  { line, amountFen, fromDay }: { line: number; amountFen: number; fromDay: number },
): void {
  const place = nextPlace(ring, untilDay), segment = segmentOfDay(ring, untilDay);
  segment.line[place] = line;
  segment.amountFen[place] = amountFen;
  segment.fromDay[place] = fromDay;
}

const where = (room: number) => ({
  /** The line that paid; of a debit card the shopper's first. */
  line: new Uint32Array(room),
  /** Index of the product, −1 for a debit card. */
  product: new Int8Array(room),
  merchant: new Uint32Array(room),
  network: new Uint8Array(room),
  bridged: new Uint8Array(room),
  amountFen: new Float64Array(room),
  /** The row of its instalment plan, or its place among the purchases due one by one; −1 for neither. */
  plan: new Int32Array(room),
  place: new Int32Array(room),
  /** The day of the purchase. */
  booked: new Int16Array(room),
  /** The day on which it is due when it is no plan. */
  dueDay: new Int16Array(room),
});

/** Purchases that come back on a day, in part or whole. */
export type RefundRows = DayRing<ReturnType<typeof where> & { refundFen: Float64Array }>;

/** How many days after a purchase it can come back, at most. */
export const refundDays = 60;

/** Allocates the ring of purchases that will come back. */
export function allocateRefunds(room: number): RefundRows {
  return allocateRing(
    refundDays + 1,
    room,
    (room) => ({ ...where(room), refundFen: new Float64Array(room) }),
  );
}

/** Courses and treatments under way: the rows of a day reach their next stage on it. */
export type StagedRows = DayRing<
  ReturnType<typeof where> & { shopFen: Float64Array; stage: Uint8Array; stages: Uint8Array }
>;

/** Allocates the ring of courses and treatments: stages are thirty days apart. */
export function allocateStaged(room: number): StagedRows {
  return allocateRing(31, room, (room) => ({
    ...where(room),
    shopFen: new Float64Array(room),
    stage: new Uint8Array(room),
    stages: new Uint8Array(room),
  }));
}
