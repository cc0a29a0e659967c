// The issuers' funding between days: facilities that are drawn at will, pledged and transferred accounts, trusts, terms that run.

import type { OpenDeal } from "#/model/funding/deal/run.ts";
import type { DealInput } from "#/model/funding/deal/terms.ts";
import { Register } from "#/model/funding/register/register.ts";
import type { RegisterEvent } from "#/model/funding/register/entry.ts";
import { absTranches } from "#/model/funding/sources/abs.ts";
import { type SourceName, sourceNames } from "#/model/funding/sources/registry.ts";
import type { Fen } from "#/model/units/units.ts";
import { makePoolTally, type PoolTally } from "./tables/pool_tally.ts";
import type { Terms } from "./terms.ts";

/** The sources that are drawn and repaid at will. */
export const facilityNames = ["bankLine", "uncommittedLine", "shareholderLoan"] as const;

/** A source that is drawn and repaid at will, as it stands today. */
export interface Facility {
  readonly source: typeof facilityNames[number];
  /** What may be drawn at most today, what is drawn, and the rate of a day on it. */
  commitmentFen: Fen;
  drawnFen: Fen;
  rateBps: number;
}

/** A part of the accounts, in hundredths. */
export interface Part {
  product: number;
  from: number;
  until: number;
}

/** A trust that holds receivables of designated accounts and owes notes. */
export interface Trust {
  readonly name: string;
  readonly issuer: number;
  /** Hundredths of the accounts whose receivables are the trust's. */
  readonly buckets: readonly number[];
  readonly deal: OpenDeal;
  /** The deal as a file would state it. */
  readonly terms: DealInput;
  readonly closedOn: number;
  /** The invested part of the receivables: what the classes of the deal stand for. */
  investedFen: Fen;
  /** The part of principal that goes to the trust once it amortises; −1 before. */
  fixedPpm: number;
  /** What the invested part brought and lost since the last payment, still with the issuer. */
  interestFen: Fen;
  principalFen: Fen;
  lostFen: Fen;
  recoveredFen: Fen;
  /** What each payment bought. */
  boughtFen: Fen[];
  nextPaymentDay: number;
  isEnded: boolean;
}

/** Notes of a placement while they run. */
export interface Placement {
  faceFen: Fen;
  rateBps: number;
  issuedOn: number;
  buckets: readonly number[];
}

/** What one issuer owes and has promised beside its accounts on the ledger. */
export interface IssuerFunding {
  /** Cheapest first. */
  facilities: Facility[];
  /** The first day of the covenants' breach that lasts, or −1. */
  brokenSince: number;
  covenantDays: number;
  /** Drawn and not yet arrived. */
  onTheWayFen: Fen;
  /** The share of new credit that money allows tomorrow. */
  fundableShare: number;
  placement: Placement | null;
  placementDone: boolean;
  /** What falls due to banks that paid shops early, by day. */
  supplierDue: { day: number; faceFen: Fen }[];
  /** Issues of notes made, and the day from which the next one is wanted. */
  issues: number;
  nextIssueDay: number;
  /** Interest, fees and discounts by source, since the start. */
  costFen: Float64Array;
  /** What was owed, summed over days, by source. */
  owedFenDays: Float64Array;
  /** Accounts lent on jointly. */
  jointBuckets: readonly number[];
  collectedFen: Fen;
  noteLossFen: Fen;
  /** The most by which a trust's money and receivables, less their expected loss, fell short of a class, by class. */
  uncoveredFen: Float64Array;
  /** Of that, what the platforms have not yet heard of. */
  newNoteLossFen: Fen;
  bankLossFen: Fen;
}

/** Everything of both issuers. */
export interface Funding {
  /** Null where no source looks at receivables. */
  tally: PoolTally | null;
  register: Register | null;
  refusals: { day: number; text: string }[];
  trusts: Trust[];
  issuers: IssuerFunding[];
  earlyAmortisations: number;
}

/** Whether an issuer has a source for which somebody must know whose receivables are whose. */
export const looksAtReceivables = (it: Terms["funding"][number]): boolean =>
  it.jointLoan.active || it.abs.active || it.privatePlacement.active || it.supplierFinance.active ||
  it.bankLine.active && it.bankLine.secured;

/** Opens the funding of a run. */
export function openFunding({ funding }: Terms): Funding {
  const looks = funding.some(looksAtReceivables);
  return {
    tally: looks ? makePoolTally() : null,
    register: looks ? new Register() : null,
    refusals: [],
    trusts: [],
    earlyAmortisations: 0,
    issuers: funding.map((it) => ({
      facilities: facilityNames.filter((source) => it[source].active)
        .map((source) => ({ source, commitmentFen: 0, drawnFen: 0, rateBps: it[source].spreadBps }))
        .sort((a, b) =>
          a.rateBps - b.rateBps || facilityNames.indexOf(a.source) - facilityNames.indexOf(b.source)
        ),
      brokenSince: -1,
      covenantDays: 0,
      onTheWayFen: 0,
      fundableShare: 1,
      placement: null,
      placementDone: false,
      supplierDue: [],
      issues: 0,
      nextIssueDay: it.abs.firstDay,
      costFen: new Float64Array(sourceNames.length),
      owedFenDays: new Float64Array(sourceNames.length),
      jointBuckets: [],
      collectedFen: 0,
      noteLossFen: 0,
      uncoveredFen: new Float64Array(absTranches.length),
      newNoteLossFen: 0,
      bankLossFen: 0,
    })),
  };
}

/** Adds to what a source has cost an issuer. */
export function addCost(funding: Funding, k: number, source: SourceName, fen: Fen): void {
  funding.issuers[k].costFen[sourceNames.indexOf(source)] += fen;
}

/** The name of a hundredth of an issuer's accounts in the register. */
export const receivableOf = (issuer: string, bucket: number): string =>
  `${issuer}/${String(bucket).padStart(2, "0")}`;

/** Records an event in the register; whether it was lawful. A refusal is kept with its reason. */
export function register({ register: chain, refusals }: Funding, event: RegisterEvent): boolean {
  const answer = chain!.record(event);
  if (!("refused" in answer)) return true;
  refusals.push({ day: event.day, text: answer.text });
  return false;
}
