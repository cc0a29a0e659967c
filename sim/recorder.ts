// The daily record: facts as columns, one entry a day. Money is kept in the run's fen and told in CNY for everybody.

/** How a fact is told: money is multiplied by people per shopper and divided by 100; people by people per shopper. */
export type FactKind = "money" | "people" | "plain";

/** The columns of a run's record. */
export interface Recorder {
  days: number;
  columns: Map<string, { kind: FactKind; values: Float64Array }>;
}

/** An empty record of a number of days. */
export function makeRecorder(days: number): Recorder {
  return { days, columns: new Map() };
}

/** Adds to a fact of a day. */
export function record(recorder: Recorder, day: number, name: string, kind: FactKind, value: number): void {
  let column = recorder.columns.get(name);
  if (!column) recorder.columns.set(name, column = { kind, values: new Float64Array(recorder.days) });
  column.values[day] += value;
}

/** One column in the units of reports; zero-length when the fact was never recorded. */
export function told(recorder: Recorder, name: string, peoplePerShopper: number): number[] {
  const column = recorder.columns.get(name);
  if (!column) return [];
  const { kind, values } = column;
  if (kind === "plain") return Array.from(values);
  if (kind === "people") return Array.from(values, (x) => x * peoplePerShopper);
  return Array.from(values, (fen) => fen * peoplePerShopper / 100);
}
