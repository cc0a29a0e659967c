// fin/tvm_numpy_financial.json and fin/tvm_pyxirr.json: level payments, net present values and internal rates by periods.

import assert from "node:assert/strict";
import { fv, ipmt, nper, pmt, ppmt, pv, rate, type When } from "#/model/finance/annuity.ts";
import type { InternalRate } from "#/model/finance/irr.ts";
import { irr, mirr, nfv, npv } from "#/model/finance/returns.ts";
import { type CaseResult, examine, unread } from "../case.ts";

/** No number stands for no answer, as does a text such as "inf". */
type Figure = number | string | null;

interface Args extends Record<string, unknown> {
  rate: number;
  nper: number;
  pmt: number;
  pv: number;
  fv: number;
  per: number;
  when?: When;
  values: number[];
  startFromZero?: boolean;
  financeRate: number;
  reinvestRate: number;
}

interface Case {
  index: number;
  fn: string;
  args: Args;
  expected: Figure | Figure[][];
  rtol?: number;
  atol?: number;
}

/** When payments are made, as the sources write it; nothing said is the end. */
const times: [When, unknown[]][] = [
  ["begin", ["begin", "beginning", "b", "start", 1, true]],
  ["end", ["end", "finish", "e", 0, false, undefined]],
];

/** What the functions answer: all numbers that solve the case; none where there is no solution. */
const answers: Record<string, (args: Args) => number[]> = {
  fv: (args) => [fv(args)],
  pv: (args) => [pv({ ...args, fv: args.fv ?? 0 })],
  pmt: (args) => [pmt(args)],
  ipmt: (args) => [ipmt(args)],
  ppmt: (args) => [ppmt(args)],
  nper: (args) => {
    const found = nper({ ...args, fv: args.fv ?? 0 });
    return found.kind === "one" ? [found.nper] : [];
  },
  rate: (args) => ratesOf(rate({ ...args, fv: args.fv ?? 0 })),
  irr: ({ values }) => ratesOf(irr(values)),
  npv: (
    { rate, values, startFromZero = true },
  ) => [npv(rate, values, { first: startFromZero ? "now" : "next" })],
  nfv: ({ rate, values }) => [nfv(rate, values)],
  mirr: ({ values, ...rates }) => ratesOf(mirr(values, rates)),
};

/** The rates of an answer. */
export function ratesOf(found: InternalRate): number[] {
  return found.kind === "none" ? [] : found.kind === "one" ? [found.rate] : found.rates;
}

/** Reads both files: a case is right if the expected number is among the answers, or if there is none where none is expected. */
export function timeValueCases(text: string): CaseResult[] {
  const { cases } = JSON.parse(text) as { cases: Case[] };
  return cases.flatMap((one) => {
    const name = `${one.fn} ${one.index}`;
    if (one.fn === "mirr_broadcast") return table(name, one);
    if (!Object.hasOwn(answers, one.fn)) return [unread(name, `function "${one.fn}"`)];
    const when = times.find(([, words]) => words.includes(one.args.when))?.[0];
    if (when === undefined) return [unread(name, `payments at "${one.args.when}"`)];
    return [examine(name, () => compare({ ...one, args: { ...one.args, when } }, one.expected as Figure))];
  });
}

/** A row a set of flows, a column a pair of rates. */
function table(name: string, one: Case): CaseResult[] {
  const { values, financeRate, reinvestRate } = one.args as unknown as Record<string, number[]> & {
    values: number[][];
  };
  return (one.expected as Figure[][]).flatMap((row, i) =>
    row.map((expected, j) =>
      examine(`${name} row ${i + 1} column ${j + 1}`, () => {
        const args = { values: values[i], financeRate: financeRate[j], reinvestRate: reinvestRate[j] };
        compare({ ...one, fn: "mirr", args: args as Args }, expected);
      })
    )
  );
}

function compare({ fn, args, rtol = 0, atol = 0 }: Case, expected: Figure): void {
  let own: number[];
  try {
    own = answers[fn](args);
  } catch (error) {
    // Arguments that mean nothing are refused, which is how we say that there is no answer.
    if (!(error instanceof RangeError) || typeof expected === "number") throw error;
    return;
  }
  if (typeof expected !== "number") {
    assert.ok(own.length === 0, `found ${own.join(", ")} where there is no answer`);
    return;
  }
  const within = Math.max(atol, rtol * Math.abs(expected), rtol + atol === 0 ? 1e-9 : 0);
  const isFound = own.some((number) => Math.abs(number - expected) <= within);
  assert.ok(isFound, `${own.join(", ") || "no answer"}, expected ${expected} within ${within}`);
}
