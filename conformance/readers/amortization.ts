// fin/amortization_quantlib.json: level payments of a loan; its bonds need a calendar that the project lacks.

import { annuityPayment } from "#/model/credit/instalment.ts";
import { type CaseResult, examine, lacking, near, unread } from "../case.ts";

interface LevelPay {
  tolerance?: number;
  cases: { rate: number; nper: number; pv: number; expectedPayment: number }[];
}

const remarks = ["source", "commit", "license", "licence", "path", "note", "split"];

/** Reads the level payments; rates are a year's, payments a month's, as the file's origin says. */
export function amortizationCases(text: string): CaseResult[] {
  const file = JSON.parse(text) as Record<string, unknown>;
  return Object.entries(file).flatMap(([part, content]): CaseResult[] => {
    if (remarks.includes(part)) return [];
    if (part === "drawDown") return [lacking(part, "amortising bond")];
    if (part.startsWith("brazil")) return [lacking(part, "bond on a business-day calendar")];
    if (part !== "levelPay") return [unread(part, `part "${part}"`)];
    const { tolerance = 1e-6, cases } = content as LevelPay;
    return cases.map(({ rate, nper, pv, expectedPayment }) =>
      examine(`${part} ${rate} over ${nper}`, () => {
        near(annuityPayment(pv, rate / 12, nper), expectedPayment, { tolerance, what: "the payment" });
      })
    );
  });
}
