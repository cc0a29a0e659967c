// fin/amortization_quantlib.json: level payments of a loan, a real bond on a business-day calendar, and a draw-down.

import { compoundedInterest, principalFlows } from "#/model/credit/amortising.ts";
import { annuityPayment } from "#/model/credit/instalment.ts";
import { epochDay } from "#/model/units/calendar.ts";
import { type CaseResult, examine, near, unread } from "../case.ts";
import { businessDays } from "./brazil.ts";

interface LevelPay {
  tolerance?: number;
  cases: { rate: number; nper: number; pv: number; expectedPayment: number }[];
}

/** A bond with a row a month; the file tells its rate and day count in its note only. */
interface BondRows {
  notionals: number[];
  expectedAmortizations: number[];
  expectedCoupons: number[];
  tolerance?: number;
}

interface DrawDown {
  nominals: number[];
  expectedPrincipalFlows: { cashflowIndex: number; expected: number }[];
  tolerance?: number;
}

const remarks = ["source", "commit", "license", "licence", "path", "note", "split"];

/** Reads the level payments, the bond's rows and the draw-down; rates are a year's, payments a month's. */
export function amortizationCases(text: string): CaseResult[] {
  const file = JSON.parse(text) as Record<string, unknown>;
  return Object.entries(file).flatMap(([part, content]): CaseResult[] => {
    if (remarks.includes(part)) return [];
    if (part === "levelPay") return levelPayments(part, content as LevelPay);
    if (part === "brazilRISF11") return brazilianBond(part, content as BondRows);
    if (part === "drawDown") return [drawDown(part, content as DrawDown)];
    return [unread(part, `part "${part}"`)];
  });
}

function levelPayments(part: string, { tolerance = 1e-6, cases }: LevelPay): CaseResult[] {
  return cases.map(({ rate, nper, pv, expectedPayment }) =>
    examine(`${part} ${rate} over ${nper}`, () => {
      near(annuityPayment(pv, rate / 12, nper), expectedPayment, { tolerance, what: "the payment" });
    })
  );
}

/** As the source sets it up: 6.75 % effective a year over 252 business days, on the 2nd of each month from 2 March 2020. */
function brazilianBond(
  part: string,
  { notionals, expectedAmortizations, expectedCoupons, tolerance = 1e-6 }: BondRows,
): CaseResult[] {
  const principal = principalFlows(notionals);
  const start = (month: number) => {
    const months = 2 + month;
    return epochDay(`${2020 + Math.floor(months / 12)}-${String(months % 12 + 1).padStart(2, "0")}-02`);
  };
  return notionals.map((notional, k) =>
    examine(`${part} month ${k + 1}`, () => {
      const years = businessDays(start(k), start(k + 1)) / 252;
      near(principal[k], expectedAmortizations[k], { tolerance, what: "the amortisation" });
      const coupon = compoundedInterest(notional, { rate: 0.0675, years });
      near(coupon, expectedCoupons[k], { tolerance, what: "the coupon" });
    })
  );
}

/** Cash flows are each period's coupon, and after it the principal where it moves. */
function drawDown(
  part: string,
  { nominals, expectedPrincipalFlows, tolerance = 1e-6 }: DrawDown,
): CaseResult {
  return examine(part, () => {
    const flows = principalFlows(nominals).flatMap((flow) => flow === 0 ? ["coupon"] : ["coupon", flow]);
    if (expectedPrincipalFlows.length === 0) throw new RangeError("the case expects nothing");
    for (const { cashflowIndex, expected } of expectedPrincipalFlows) {
      const flow = flows[cashflowIndex];
      if (typeof flow !== "number") {
        throw new RangeError(`cash flow ${cashflowIndex} is a coupon, expected ${expected}`);
      }
      near(flow, expected, { tolerance, what: `cash flow ${cashflowIndex}` });
    }
  });
}
