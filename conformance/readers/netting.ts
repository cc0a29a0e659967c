// pay/multilateral_netting.json and pay/ubin_corda_netting.json: gross obligations to net positions. The payments that
// settle a net are not unique, so what is compared is the net that they leave.

import assert from "node:assert/strict";
import { multilateralNet, netPayments, type Obligation } from "#/model/clearing/netting.ts";
import { type CaseResult, examine, near } from "../case.ts";

interface Payment {
  payer?: string;
  from?: string;
  payee?: string;
  to?: string;
  amount: number;
}

type Amounts = Record<string, number>;

interface Case {
  id?: string;
  name?: string;
  gross: Payment[];
  expected?: {
    net?: Amounts | number;
    gross?: number;
    reduction?: number;
    total_to_pay?: Amounts;
    total_owed?: Amounts;
    instructions?: Payment[];
  };
  expected_net_payments?: Payment[];
  derived_net?: Amounts;
  derived_net_positions?: Amounts;
}

/** Reads the netting sheets; sums are exact, though the published sheets may round to one unit. */
export function nettingCases(text: string): CaseResult[] {
  const { cases } = JSON.parse(text) as { cases: Case[] };
  return cases.map((one, i) => examine(one.id ?? one.name ?? `case ${i}`, () => check(one)));
}

function check({ gross, expected = {}, ...other }: Case): void {
  const own = multilateralNet(gross.map(obligation));
  const nets = netsOf(gross.map(obligation));
  const instructions = other.expected_net_payments ?? expected.instructions;
  let compared = 0;
  const compare = (given: Amounts | undefined, mine: Amounts, what: string) => {
    if (given === undefined) return;
    for (const name of new Set([...Object.keys(given), ...Object.keys(mine)])) {
      // A sheet may leave out who has nothing; one unit is the sheets' rounding.
      if (!(Math.abs((mine[name] ?? 0) - (given[name] ?? 0)) <= 1)) {
        throw new RangeError(`${what} of ${name} is ${mine[name]}, expected ${given[name]}`);
      }
      compared += 1;
    }
  };
  const column = (key: "toPayFen" | "toReceiveFen") =>
    Object.fromEntries(own.positions.map((one) => [one.participant, one[key]]));

  assert.equal(own.positions.reduce((sum, one) => sum + one.netFen, 0), 0);
  compare(other.derived_net, nets, "the net");
  compare(other.derived_net_positions, nets, "the net");
  compare(expected.total_to_pay, column("toPayFen"), "the sum to pay");
  compare(expected.total_owed, column("toReceiveFen"), "the sum owed");
  if (typeof expected.net === "object") compare(expected.net, nets, "the net");
  if (typeof expected.net === "number") near(own.netFen, expected.net, { tolerance: 1e-9, what: "the net" });
  if (expected.gross !== undefined) {
    near(own.grossFen, expected.gross, { tolerance: 1e-9, what: "the gross" });
  }
  if (expected.reduction !== undefined) {
    near(own.nettingRatio, expected.reduction, {
      tolerance: 5e-5,
      what: "the saving (printed with four digits)",
    });
  }
  if (instructions) {
    compare(netsOf(instructions.map(obligation)), nets, "the net of the instructions");
    compare(nets, netsOf(netPayments(own.positions)), "the net of our own payments");
  }
  if (compared === 0 && typeof expected.net !== "number") {
    throw new RangeError("the case expects nothing that is read");
  }
}

function netsOf(obligations: Obligation[]): Amounts {
  return Object.fromEntries(
    multilateralNet(obligations).positions.map((one) => [one.participant, one.netFen]),
  );
}

function obligation({ payer, from, payee, to, amount }: Payment): Obligation {
  return { payer: (payer ?? from)!, payee: (payee ?? to)!, amountFen: amount };
}
