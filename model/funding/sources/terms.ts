// What a scenario says of an issuer's funding: own money, the buffer, and each source with its terms.

import { z } from "zod";
import { absTerms } from "./abs.ts";
import { bankLineTerms } from "./bank_line.ts";
import { jointLoanTerms } from "./joint_loan.ts";
import { privatePlacementTerms } from "./private_placement.ts";
import { number } from "./rules.ts";
import { shareholderLoanTerms } from "./shareholder_loan.ts";
import { supplierFinanceTerms } from "./supplier_finance.ts";
import { uncommittedLineTerms } from "./uncommitted_line.ts";

/** The scenario's section `funding.<issuer>`. */
export const issuerFundingTerms = z.strictObject({
  equityShareBps: number.bps(),
  cashBufferCny: number.cny(),
  bankLine: bankLineTerms,
  uncommittedLine: uncommittedLineTerms,
  shareholderLoan: shareholderLoanTerms,
  jointLoan: jointLoanTerms,
  abs: absTerms,
  privatePlacement: privatePlacementTerms,
  supplierFinance: supplierFinanceTerms,
}).meta({ id: "IssuerFunding" });
