// The records of four interbank messages of ISO 20022: credit transfer, status report, return, status request.

import type { Money } from "./money.ts";

/** A financial institution: by BIC, by member id of a clearing system, or both. */
export interface Agent {
  bic?: string;
  /** Code of the clearing system of the member id, such as CNAPS or USABA. */
  clearingSystem?: string;
  memberId?: string;
  name?: string;
}

/** A customer of an institution: name and account. */
export interface Party {
  name?: string;
  /** Account number, or an IBAN where `isIban`. */
  account?: string;
  isIban?: boolean;
}

/** Who the money comes from and goes to: institutions and their customers. */
export interface Chain {
  debtor: Party;
  debtorAgent: Agent;
  creditorAgent: Agent;
  creditor: Party;
}

/** What every message has: its name, when it was made (ISO 8601), who sends it to whom. */
export interface Envelope {
  messageId: string;
  createdAt: string;
  instructing?: Agent;
  instructed?: Agent;
}

/** How the money moves: through a clearing system, named by its code or by a name of its own. */
export interface Settlement {
  system: string;
  isCode: boolean;
  /** ISO date of interbank settlement. */
  date: string;
}

/** The payment that a message is about, as the message of its transfer called it. */
export interface Original {
  messageId: string;
  messageName: string;
  createdAt?: string;
  instructionId?: string;
  endToEndId?: string;
  uetr?: string;
}

/** What an institution keeps of the amount, or adds to it. */
export interface Charge extends Money {
  agent: Agent;
}

/** pacs.008: a customer's credit transfer from institution to institution. */
export interface CreditTransfer extends Envelope, Chain {
  kind: "pacs.008";
  settlement: Settlement;
  instructionId?: string;
  endToEndId: string;
  uetr?: string;
  /** What moves between the institutions. */
  amount: Money;
  /** What the customer pays, before charges. */
  customerAmount?: Money;
  /** The customer's amount times this is the amount, where the currencies differ. */
  exchangeRate?: string;
  /** DEBT, CRED, SHAR or SLEV. */
  chargeBearer: string;
  charges: Charge[];
  remittance?: string;
}

/** pacs.002: how a transfer stands. ACSC settled, PDNG waiting, RJCT refused. */
export interface StatusReport extends Envelope {
  kind: "pacs.002";
  original: Original;
  status: string;
  /** Why it was refused: a code of the standard, or a reason of our own (`isCode` false). */
  reason?: { value: string; isCode: boolean; words: string[] };
  acceptedAt?: string;
  settlementDate?: string;
  /** Amount and parties of the transfer, where they are repeated. */
  transfer?: { amount: Money } & Chain;
}

/** pacs.004: money of a settled transfer that goes back. */
export interface PaymentReturn extends Envelope, Partial<Chain> {
  kind: "pacs.004";
  settlement: Settlement;
  returnId?: string;
  original: Original;
  originalAmount?: Money;
  /** What goes back between the institutions, and to the customer. */
  amount: Money;
  customerAmount?: Money;
  chargeBearer?: string;
  reason?: { value: string; isCode: boolean; words: string[] };
}

/** pacs.028: how does a transfer stand? */
export interface StatusRequest extends Envelope {
  kind: "pacs.028";
  original: Original;
}

/** Any of the four messages. */
export type Message = CreditTransfer | StatusReport | PaymentReturn | StatusRequest;

/** The version of each message that is read and written. */
export const versions = {
  "pacs.008": "pacs.008.001.08",
  "pacs.002": "pacs.002.001.10",
  "pacs.004": "pacs.004.001.10",
  "pacs.028": "pacs.028.001.03",
} as const satisfies Record<Message["kind"], string>;

/** The element that holds each message. */
export const bodies = {
  "pacs.008": "FIToFICstmrCdtTrf",
  "pacs.002": "FIToFIPmtStsRpt",
  "pacs.004": "PmtRtr",
  "pacs.028": "FIToFIPmtStsReq",
} as const satisfies Record<Message["kind"], string>;

/** What stands before a version in the namespace of its message. */
export const namespacePrefix = "urn:iso:std:iso:20022:tech:xsd:";
