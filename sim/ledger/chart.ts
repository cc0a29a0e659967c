// The chart of accounts: who has what against whom, and the codes that transfers carry.
//
// Every account has an owner. A claim stands twice: with the one who has it (debit balance) and with the one who owes
// it (credit balance), and one transfer moves both. So a party's result is the change of what it owns less what it
// owes, and all results with all external flows sum to zero because debits equal credits.

import { externalFlows, foreignFlows, issuerOf, products } from "#/model/names.ts";
import type { SourceName } from "#/model/funding/sources/registry.ts";
import type { Ledger } from "./ledger.ts";

/** What a transfer is for. Numbers are part of the daily record: only add. */
export const code = {
  opening: 1,
  loan: 2,
  obligation: 3,
  settlement: 4,
  bridge: 5,
  bridgeFee: 6,
  prefunding: 7,
  repayment: 8,
  charge: 9,
  chargeOff: 10,
  claimSale: 11,
  fraudLoss: 12,
  lossShare: 13,
  goods: 14,
  deposit: 15,
  wages: 16,
  lineDraw: 17,
  lineRepay: 18,
  fundingInterest: 19,
  placement: 90,
  placementRepaid: 91,
  collectionCost: 20,
  equityCall: 21,
  capex: 22,
  runningCost: 23,
  contract: 24,
  limit: 25,
  held: 26,
  identityCost: 27,
  chargeback: 28,
  cashOut: 29,
  refund: 40,
  custody: 41,
  provision: 42,
  recovery: 43,
  forward: 50,
  dispute: 60,
  reconciliationCost: 61,
  cardCost: 80,
  foreignGoods: 90,
  foreignPosition: 91,
  revaluation: 92,
  conversion: 93,
  fundContribution: 70,
  fundPayout: 71,
  fundReturn: 72,
  participation: 73,
  noteIssue: 62,
  notePayment: 63,
  noteLoss: 64,
  collections: 65,
  jointLoan: 66,
  jointLoss: 67,
  fundingFee: 68,
} as const;

/** What a transfer in foreign currency is for: codes of their own, so that turnover by code is in one currency. */
export const foreignCode = { owed: 100, returned: 101, converted: 102, paid: 103, handedOver: 104 } as const;

/** Turnover of one currency, by its place among the ledger's: a code belongs to one, 0 the home currency. */
export function turnoverOf({ turnoverFen }: Ledger, place: number): number {
  const foreign: readonly number[] = Object.values(foreignCode);
  return turnoverFen.reduce((sum, moved, k) => foreign.includes(k) === place > 0 ? sum + moved : sum, 0);
}

/** Participants of clearing, besides the banks. */
export const platforms = ["jd", "ant", "wechat", "union-card", "operator"] as const;

/** Sources that leave a debt of their own beside the committed line, with who holds it. */
export const debts = {
  uncommittedLine: "banks",
  shareholderLoan: "investors",
  jointLoan: "banks",
  abs: "investors",
  privatePlacement: "investors",
  supplierFinance: "banks",
} as const satisfies Partial<Record<SourceName, string>>;
/** A source with a debt of its own. */
export type DebtName = keyof typeof debts;
/** The names of {@link debts}, in the order of accounts. */
export const debtNames = Object.keys(debts) as DebtName[];

/** The accounts of one debt: with who owes it and with who has it. */
interface DebtAccounts {
  owed: number;
  held: number;
}

/** Opens all accounts and returns their numbers. Accounts of a source exist where `uses` says that an issuer uses it. */
export function openChart(
  ledger: Ledger,
  banks: number,
  uses: (issuer: "jd" | "ant", source: DebtName | "absLine") => boolean = () => false,
) {
  const open = (name: string, owner: string, floorFen?: number) => ledger.openAccount(name, owner, floorFen);
  const participants = [
    ...platforms.map((party) => ({ name: party as string, owner: party as string })),
    ...Array.from({ length: banks }, (_, k) => ({ name: `bank-${k + 1}`, owner: "banks" })),
  ];
  return {
    participants,
    /** Money at the settlement bank; never overdrawn. */
    settle: participants.map(({ name, owner }) => open(`settle.${name}`, owner, 0)),
    /** Obligations of the open window: positive to receive, negative to pay. */
    due: participants.map(({ name, owner }) => open(`due.${name}`, owner)),
    dueHouse: open("due.clearing-house", "memo"),
    settleHouse: open("settle.clearing-house", "memo"),
    /** Obligations that the net debit cap holds back until a later window. */
    held: participants.map(({ name, owner }) => open(`held.${name}`, owner)),
    /** Money put up for the bridge, held in trust by its operator; overdrawn as far as intraday credit goes. */
    prefund: participants.map(({ name, owner }) => open(`prefund.${name}`, owner, 0)),
    /** What will be submitted to a rail later: positive to receive, negative to pay. */
    forward: participants.map(({ name, owner }) => open(`forward.${name}`, owner)),
    products: products.map((product) => {
      const issuer = issuerOf[product];
      return {
        loansNative: open(`loans.native.${product}`, issuer),
        loansBridged: open(`loans.bridged.${product}`, issuer),
        debt: open(`debt.${product}`, "shoppers"),
        fees: open(`fees.${product}`, issuer),
        feesOwed: open(`fees-owed.${product}`, "shoppers"),
        limits: open(`limits.${product}`, "memo"),
        limitsContra: open(`limits-contra.${product}`, "memo"),
        /** What is expected to be lost of the loans, which stand at face. */
        allowance: open(`allowance.${product}`, "memo"),
        allowanceContra: open(`allowance-contra.${product}`, "memo"),
      };
    }),
    lines: (["jd", "ant"] as const).map((issuer) => ({
      owed: open(`bank-line.${issuer}`, issuer),
      lent: open(`bank-line-lent.${issuer}`, "banks"),
    })),
    /** Receivables placed with banks in need: what is owed for them. */
    placed: (["jd", "ant"] as const).map((issuer) => ({
      owed: open(`placed.${issuer}`, issuer),
      lent: open(`placed-lent.${issuer}`, "banks"),
    })),
    deposits: {
      shoppers: open("deposits.shoppers", "shoppers"),
      merchants: open("deposits.merchants", "merchants"),
      owed: open("deposits-owed.banks", "banks"),
    },
    goods: { shoppers: open("goods.shoppers", "shoppers"), merchants: open("goods.merchants", "merchants") },
    project: {
      cash: open("cash.project", "project", 0),
      equity: open("equity.project", "project"),
    },
    investors: {
      cash: open("cash.investors", "investors", 0),
      shares: open("shares.investors", "investors"),
    },
    external: externalFlows.map((flow) => open(`external.${flow}`, "external")),
    openingPlug: open("opening", "memo"),
    /** What banks hold for shops until a course or a treatment has been delivered. */
    custody: open("custody.merchants", "merchants"),
    /** Money of a platform that is held until a break between two files has been worked off; never overdrawn. */
    disputed: platforms.map((party) => open(`disputed.${party}`, party, 0)),
    /** What each issuer has in the guarantee fund, in trust with the operator; never overdrawn. */
    guaranteeFund: (["jd", "ant"] as const).map((issuer) => open(`guarantee-fund.${issuer}`, issuer, 0)),
    /** What the partner granted of a product's joint loans: its claim on the lender, who owes it. */
    participations: products.map((product) => {
      const lender = issuerOf[product];
      return {
        claim: open(`participation.${product}`, lender === "jd" ? "ant" : "jd"),
        owed: open(`participation-owed.${product}`, lender),
      };
    }),
    /** Each issuer's debts by source; joint loans are the banks' part of its loans. */
    debts: (["jd", "ant"] as const).map((issuer) =>
      Object.fromEntries(
        debtNames.filter((source) => uses(issuer, source)).map((source) => [source, {
          owed: open(`${source}.${issuer}`, issuer),
          held: open(`${source}-held.${issuer}`, debts[source]),
        }]),
      ) as Partial<Record<DebtName, DebtAccounts>>
    ),
    /** Money of an issuer's trusts at the first bank; the issuer's, but bound. */
    trusts: (["jd", "ant"] as const).map((issuer) =>
      uses(issuer, "abs") ? open(`trust.${issuer}`, issuer, 0) : -1
    ),
    /** What an issuer's trusts owe on their liquidity lines, and the bank that lends. */
    trustLines: (["jd", "ant"] as const).map((issuer) =>
      uses(issuer, "absLine")
        ? { owed: open(`abs-line.${issuer}`, issuer), held: open(`abs-line-held.${issuer}`, "banks") }
        : null
    ),
    /** Money at the first bank of those who lend to issuers and are no banks. */
    lenders:
      (["jd", "ant"] as const).some((issuer) =>
          debtNames.some((source) => debts[source] === "investors" && uses(issuer, source))
        )
        ? open("deposits.investors", "investors", 0)
        : -1,
  };
}

/** The numbers of all accounts of a run. */
export type Chart = ReturnType<typeof openChart>;

/**
 * Opens the accounts of a cross-border cell. In foreign currency: what each party that may carry the rate owes abroad, the
 * correspondent's account with its bank abroad, the currency market, and the foreign acquirer, who is owed and is paid. In CNY: what
 * each party's foreign position is worth, against the named flows between this world and abroad. To change money is one
 * transfer with the market in each currency.
 */
export function openForeignChart(ledger: Ledger, currency: string) {
  const abroad = (name: string, owner: string, floor?: number) =>
    ledger.openAccount(`${name}.${currency}`, owner, floor, currency);
  return {
    owed: carriers.map((party) => abroad(`abroad-owed.${party}`, party)),
    nostro: abroad("nostro.banks", "banks", 0),
    market: abroad("currency-market", "external"),
    acquirerDue: abroad("foreign-acquirer-due", "external"),
    acquirerPaid: abroad("foreign-acquirer-paid", "external"),
    valued: carriers.map((party) => ledger.openAccount(`valued.${currency}.${party}`, party)),
    flows: Object.fromEntries(
      foreignFlows.map((flow) => [flow, ledger.openAccount(`external.${flow}`, "external")]),
    ) as Record<typeof foreignFlows[number], number>,
  };
}

/** Parties that can carry a rate of exchange: the issuers, and banks for their correspondent. */
export const carriers = ["jd", "ant", "banks"] as const;
/** The numbers of the accounts of a cross-border cell. */
export type ForeignChart = ReturnType<typeof openForeignChart>;
