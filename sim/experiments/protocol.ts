// The real identity protocol for one purchase: credentials, consent, status, presentation; it must say what the columns say.

import { acquirerOf, issuerOf, products } from "#/model/names.ts";
import type { Fen } from "#/model/units/units.ts";
import { neededAssurance } from "#/model/identity/assurance.ts";
import { linkFact } from "#/model/identity/policies/registry.ts";
import { reason } from "#/model/reasons.ts";
import { linkRefusal } from "#/sim/phases/recognise.ts";
import { accountAt, holds, locationAt } from "#/sim/tables/identities.ts";
import { ways } from "#/sim/tables/ways.ts";
import type { World } from "#/sim/world.ts";
import type { Protocol } from "./protocol_documents.ts";
import { nonceOf } from "./protocol_parties.ts";
import { check, type ProtocolStep, type ReadPurchase, type Received } from "./protocol_reader.ts";
import { allConsents, answer, type Question, type Sent } from "./protocol_shopper.ts";

export type { ProtocolStep } from "./protocol_reader.ts";

/** The purchase to be proved, and what the columns said of it. */
export interface PurchaseFacts {
  shopper: number;
  day: number;
  minute: number;
  /** Number of the want on the day. */
  want: number;
  amountFen: Fen;
  /** Indices of the credit product and of the network. */
  product: number;
  network: number;
  /** What identification went by; as the columns stand now where it is not given. */
  columns?: ColumnsSay;
  /** The consents that are asked for, by number; the first, to be recognised, must be among them. All where it is not given. */
  asked?: readonly number[];
}

/** What the columns say of a shopper at one minute. */
export interface ColumnsSay {
  linked: boolean;
  assurance: number;
  /** Whether account and location data may be used. */
  mayReadAccount: boolean;
  mayUseLocation: boolean;
}

/** What the columns say of a shopper at the minute of a purchase. */
export function columnsOf(world: World, { shopper: i, day, minute, product }: PurchaseFacts): ColumnsSay {
  const { shoppers } = world, now = day * 1_440 + minute;
  return {
    linked: linkRefusal(world, i, product, now) === reason.none,
    assurance: shoppers.assurance[i],
    mayReadAccount: holds(shoppers.identities, accountAt(i), now),
    mayUseLocation: holds(shoppers.identities, locationAt(i), now),
  };
}

/** A purchase as the protocol saw it. */
export interface ProvedPurchase {
  steps: ProtocolStep[];
  linked: boolean;
  /** The level that is enrolled, and the level that was proved for this purchase. */
  assurance: number;
  proved: number;
  /** Everything that was sent, for whoever wants to check it again. */
  artefacts: Sent;
}

/** Changes what was sent before it arrives: how a test, or a thief in a run, hands in something broken. */
export type OnTheWay = (sent: Sent, question: Question) => Received;

/**
 * Runs the real protocol for one purchase and holds its answer against the columns.
 *
 * Shapes: what `onTheWay` breaks is refused with its reason and proves nothing, so that the columns must say so too.
 * Errors: `Error` naming the day, the shopper and both verdicts where protocol and columns disagree: the run must stop.
 */
export function provePurchase(
  world: World,
  protocol: Protocol,
  facts: PurchaseFacts,
  { onTheWay }: { onTheWay?: OnTheWay } = {},
): ProvedPurchase {
  const { identity: { policy, refusals } } = world.terms, columns = facts.columns ?? columnsOf(world, facts);
  const question = questionOf(world, protocol, facts);
  const artefacts = answer(protocol, question);
  const received = onTheWay ? onTheWay(artefacts, question) : artefacts;
  const read = check(protocol, received, question), { steps, assurance, proved } = read;
  const matched = world.links ? world.links.to[facts.shopper * products.length + facts.product] >= 0 : false;
  const linked = refusals[
    (read.consented ? linkFact.consented : 0) | (matched ? linkFact.matched : 0) |
    (read.recognised && !read.revoked ? linkFact.credentialLive | linkFact.statusFresh : 0)
  ] === reason.none;
  steps.push({ step: "link", saw: { policy: policy.title }, verdict: linked ? "linked" : "not linked" });
  compare({ ...read, columns, linked, needed: question.needed, why: steps }, facts);
  return { steps, linked, assurance, proved, artefacts };
}

/** What the acquirer of the shop asks the shopper. */
function questionOf(
  world: World,
  { streams, enrolled, institutions }: Protocol,
  facts: PurchaseFacts,
): Question {
  const { shopper: person, day, minute, product, network } = facts;
  return {
    person,
    nonce: nonceOf(streams, enrolled.entity0 + person, facts),
    audience: institutions[acquirerOf[ways[network]]].did,
    second: (world.terms.startEpoch + day) * 86_400 + minute * 60,
    needed: neededAssurance(facts.amountFen, {
      required: world.terms.cells[product][network].requiredAssurance,
      caps: world.terms.identity.caps,
    }),
    asked: facts.asked ?? allConsents,
    ...(world.terms.cells[product][network].bridged ? { account: issuerOf[products[product]] } : {}),
  };
}

/** Stops where protocol and columns part. */
function compare(
  { columns, linked, assurance, proved, mayReadAccount, mayUseLocation, needed, why }:
    & Pick<ReadPurchase, "assurance" | "proved" | "mayReadAccount" | "mayUseLocation">
    & {
      columns: ColumnsSay;
      linked: boolean;
      needed: number;
      why: readonly ProtocolStep[];
    },
  { shopper, day }: PurchaseFacts,
): void {
  const refused = why.filter(({ detail }) => detail !== undefined);
  const because = refused.map(({ step, verdict, detail }) => `${step} ${verdict}: ${detail}`).join("; ");
  const say = (what: string, columnsSay: unknown, protocolSays: unknown) => {
    throw new Error(
      `Day ${day}, shopper ${shopper}: columns and identity protocol disagree on ${what}: ` +
        `the columns say ${columnsSay}, the protocol says ${protocolSays}${because ? ` (${because})` : ""}`,
    );
  };
  const inWords = (linked: boolean) => linked ? "linked" : "not linked";
  if (linked !== columns.linked) say("the link", inWords(columns.linked), inWords(linked));
  if (assurance !== columns.assurance) say("assurance", columns.assurance, assurance);
  const allowed = (may: boolean) => may ? "allowed" : "not allowed";
  if (mayReadAccount !== undefined && mayReadAccount !== columns.mayReadAccount) {
    say("the use of account data", allowed(columns.mayReadAccount), allowed(mayReadAccount));
  }
  if (mayUseLocation !== undefined && mayUseLocation !== columns.mayUseLocation) {
    say("the use of location data", allowed(columns.mayUseLocation), allowed(mayUseLocation));
  }
  const expected = Math.min(columns.assurance, needed);
  if (proved !== expected) say("the assurance that was shown", expected, proved);
}
