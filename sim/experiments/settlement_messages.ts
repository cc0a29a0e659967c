// A followed day as interbank messages: what settled, what was refused, what went back, each leg a message of its own.
//
// A purchase across platforms has two legs that carry the goods (issuer to acquirer, acquirer to the shop's bank) under one
// UETR, and a fee beside them. The customer's amount stands in each; what an institution keeps of it is a charge.

import { acquirerOf, issuerOf, type Network, type Product } from "#/model/names.ts";
import { reasons } from "#/model/reasons.ts";
import type { Chain, Message, PaymentReturn, StatusReport } from "#/model/messages/message.ts";
import { versions } from "#/model/messages/message.ts";
import { agentOf, uetrOf } from "#/model/messages/names.ts";
import { epochDay, isoDate } from "#/model/units/calendar.ts";
import type { TracedRefund } from "#/sim/trace.ts";
import type { TracedDay, TracedPurchase } from "./trace.ts";

const cny = (fen: number) => ({ currency: "CNY", minor: fen });
const two = (n: number) => String(n).padStart(2, "0");
/** When refunds and answers of the books are dated: the run says the day, not the minute. */
const evening = "23:00:00+08:00";

/** Codes of the standard for reasons of ours that it knows; all others go by their own name. Source: external code lists of ISO 20022. */
const codes: Readonly<Record<string, string>> = {
  "bridge-liquidity": "AM04",
  "short-of-cash": "AM04",
  "limit-exceeded": "AM02",
  "adapter-failure": "AB07",
  "rail-down": "AB07",
  "transfer-timed-out": "AB05",
};

/** What tells the references of one run from those of another. */
export interface RunName {
  scenario: string;
  replication: number;
  /** Minutes at which windows of the existing channel end. */
  windowMinutes: readonly number[];
}

/**
 * The messages of a followed day, in order: of each purchase its transfers (pacs.008) with a status (pacs.002) each; of each
 * refused try a status RJCT with amount and parties; of each refund a return (pacs.004) a leg.
 *
 * Shapes: purchases that a bank settles in its own books, being payer's and payee's bank at once, have no message.
 * Errors: those of `agentOf` for a participant that has no name in messages.
 */
export function messagesOfDay(day: TracedDay, run: RunName): Message[] {
  return [
    ...day.purchases.flatMap((it) => [...refusals(day, it, run), ...transfers(day, it, run)]),
    ...day.refunds.flatMap((it) => returnsOf(it, { date: day.date, run })),
  ];
}

/** A payment for a purchase as far as messages tell it. */
export interface Settlement extends Paid {
  shopper: number;
  /** The line and the network of a payment that clearing cancelled, and the number of its reason; null where it settled. */
  refused: { product: string; network: string; reason: number } | null;
}

type Paid = Pick<TracedPurchase, "minute" | "amountFen" | "shop" | "category" | "postings">;

/** Who paid, and when. */
type Occasion = Pick<TracedDay, "shopper" | "day" | "date">;

/**
 * The messages of some payments of a day, in their order, then of what went back on it.
 *
 * Shapes and errors: as of {@link messagesOfDay}; a payment that clearing cancelled is a status RJCT.
 */
export function messagesOfSettlements(
  settlements: readonly Settlement[],
  refunds: readonly TracedRefund[],
  { run, ...on }: { day: number; date: string; run: RunName },
): Message[] {
  return [
    ...settlements.flatMap((it) => {
      const occasion = { ...on, shopper: it.shopper };
      if (it.refused === null) return transfers(occasion, it, run);
      const { layer, name } = reasons[it.refused.reason];
      return rejection(occasion, it, { ...it.refused, layer, verdict: name, leg: `refused-1-${layer}`, run });
    }),
    ...refunds.flatMap((it) => returnsOf(it, { date: on.date, run })),
  ];
}

/** The end-to-end id of a purchase: the same for its transfers, its refusals and what goes back of it. */
const endToEndOf = (it: { day: number; shopper: number; shop: number; amountFen: number }) =>
  `D${it.day}-S${it.shopper}-M${it.shop}-A${it.amountFen}`;

/** References of one leg of a payment. The goods share a UETR, each fee has its own. */
function references({ scenario, replication }: RunName, endToEndId: string, leg: string) {
  const payment = `${scenario}/${replication}/${endToEndId}`;
  return {
    messageId: (kind: string) => `${kind}${uetrOf(`${payment}/${leg}/${kind}`).replaceAll("-", "")}`,
    uetr: uetrOf(leg.startsWith("fee") ? `${payment}/${leg}` : payment),
    endToEndId,
  };
}

/** One leg of a purchase: who pays whom, and whether the goods or a fee are paid with it. */
interface Leg {
  payer: string;
  payee: string;
  amountFen: number;
  name: string;
  isFee: boolean;
  isOverBridge: boolean;
  isPosted: boolean;
}

function legsOf({ postings }: Paid): Leg[] {
  const who = (account: string) => account.slice(account.indexOf(".") + 1);
  const clear = postings.filter(({ phase }) => phase === "clear");
  const goes = clear.map(({ debit, credit, what }) => ({ payer: who(credit), payee: who(debit), what }));
  const isBank = (name: string) => name.startsWith("bank-");
  return clear.map(({ amountFen, how }, k) => {
    const { payer, payee, what } = goes[k];
    // A bank's payment to a platform, and any payment to the operator, is a fee; all else carries the goods.
    const isFee = payee === "operator" || isBank(payer) && !isBank(payee);
    const name = `${isFee ? "fee" : "goods"}-${payer}-${payee}`;
    return {
      ...{ payer, payee, amountFen, name, isFee },
      isOverBridge: what === "bridge" || what === "bridgeFee",
      isPosted: how !== "not posted",
    };
  });
}

function transfers(day: Occasion, it: Paid, run: RunName): Message[] {
  const legs = legsOf(it), goods = legs.filter(({ isFee }) => !isFee);
  const createdAt = momentOf(day, it.minute), settles = settlesOn(day, it.minute, run);
  return legs.flatMap((leg) => {
    const { messageId, uetr, endToEndId } = references(run, endToEndOf({ ...it, ...day }), leg.name);
    const chain = leg.isFee
      ? feeChain(leg)
      : chainOf(day, it, { debtor: goods[0].payer, creditor: goods[goods.length - 1].payee });
    const date = leg.isOverBridge ? day.date : settles.date;
    const ends = { instructing: agentOf(leg.payer), instructed: agentOf(leg.payee) };
    const keptFen = it.amountFen - leg.amountFen;
    const sent: Message = {
      ...{ kind: "pacs.008", messageId: messageId("P8"), createdAt, ...ends },
      settlement: { system: leg.isOverBridge ? "HUTONG-BRIDGE" : "HUTONG-CHANNEL", isCode: false, date },
      ...{ instructionId: `${leg.name.slice(0, 30)}`, endToEndId, uetr, amount: cny(leg.amountFen) },
      ...leg.isFee ? {} : { customerAmount: cny(it.amountFen) },
      chargeBearer: leg.isFee ? "DEBT" : "CRED",
      charges: leg.isFee || keptFen <= 0 ? [] : [{ ...cny(keptFen), agent: agentOf(leg.payer) }],
      ...chain,
      remittance: leg.isFee ? `fee of ${endToEndId}` : `shop ${it.shop}, ${it.category}`,
    };
    const isFinal = leg.isPosted && date === day.date;
    const status: StatusReport = {
      ...{ kind: "pacs.002", messageId: messageId("P2"), createdAt: `${day.date}T${evening}` },
      ...{ instructing: agentOf("operator"), instructed: agentOf(leg.payer) },
      original: { messageId: sent.messageId, messageName: versions["pacs.008"], createdAt, endToEndId, uetr },
      ...{ status: isFinal ? "ACSC" : "PDNG", settlementDate: date },
      transfer: { amount: cny(leg.amountFen), ...chain },
    };
    return [sent, status];
  });
}

/** A status RJCT for each try on a line that a layer refused, clearing included. */
function refusals(day: TracedDay, it: TracedPurchase, run: RunName): Message[] {
  const found: Message[] = [];
  let product = "", network = "", tries = 0;
  for (const { layer, saw, verdict, shopperText } of it.steps) {
    if (typeof saw.product === "string") product = saw.product;
    if (typeof saw.network === "string") network = saw.network;
    if (layer === "accept") tries++;
    if (shopperText === undefined || verdict === "passed") continue;
    found.push(
      ...rejection(day, it, { product, network, layer, verdict, leg: `refused-${tries}-${layer}`, run }),
    );
  }
  return found;
}

/** The status RJCT of a refused payment; none where no line could have paid, or no shop took it. */
function rejection(
  day: Occasion,
  it: Paid,
  { product, network, layer, verdict, leg, run }: {
    product: string;
    network: string;
    layer: string;
    verdict: string;
    leg: string;
    run: RunName;
  },
): StatusReport[] {
  const debtor = issuerOf[product as Product], creditor = acquirerOf[network as Network];
  // Then it is no payment between institutions.
  if (debtor === undefined || creditor === undefined) return [];
  const { messageId, uetr, endToEndId } = references(run, endToEndOf({ ...it, ...day }), leg);
  const code = codes[verdict], why = reasons.find(({ name }) => name === verdict)?.layer ?? layer;
  return [{
    ...{ kind: "pacs.002", messageId: messageId("P2"), createdAt: momentOf(day, it.minute) },
    ...{ instructing: agentOf("operator"), instructed: agentOf(creditor) },
    original: { messageId: messageId("P8"), messageName: versions["pacs.008"], endToEndId, uetr },
    ...{
      status: "RJCT",
      reason: { value: code ?? verdict, isCode: code !== undefined, words: [`${why}/${verdict}`] },
    },
    transfer: { amount: cny(it.amountFen), ...chainOf(day, it, { debtor, creditor }) },
  }];
}

/** What goes back: shop's bank, acquirer, issuer, each a return of its own to the transfer before. */
function returnsOf(it: TracedRefund, { date, run }: { date: string; run: RunName }): PaymentReturn[] {
  return it.legs.map((leg, k): PaymentReturn => {
    const endToEndId = endToEndOf({ ...it, day: it.purchaseDay });
    const { payer, payee } = leg;
    // With a debit card the acquirer gives its fee back; from an issuer to a bank the shopper is paid out.
    const isFee = payer === "operator" || it.isDebit && !payer.startsWith("bank-");
    const name = `${isFee ? "fee" : "goods"}-${payee}-${payer}`;
    const { messageId, uetr } = references(run, endToEndId, name);
    // Who is paid out gets what the issuer has just got back: it undoes the same transfer as the return before.
    const isPaidOut = !isFee && !payer.startsWith("bank-") && payee.startsWith("bank-") && k > 0;
    const undone = isPaidOut ? `goods-${it.legs[k - 1].payee}-${it.legs[k - 1].payer}` : name;
    return {
      ...{ kind: "pacs.004", messageId: messageId("P4"), createdAt: `${date}T${evening}` },
      ...{ instructing: agentOf(payer), instructed: agentOf(payee) },
      settlement: { system: "HUTONG-CHANNEL", isCode: false, date: addDays(date, 1) },
      original: {
        messageId: references(run, endToEndId, undone).messageId("P8"),
        ...{ messageName: versions["pacs.008"], endToEndId, uetr },
      },
      ...{ amount: cny(leg.amountFen), customerAmount: cny(it.refundFen), chargeBearer: "SLEV" },
      debtor: { name: `shop ${it.shop}`, account: `M${it.shop}` },
      ...{ debtorAgent: agentOf(payer), creditorAgent: agentOf(payee) },
      creditor: { name: `shopper ${it.shopper}`, account: `S${it.shopper}` },
      reason: { value: "CUST", isCode: true, words: ["the goods came back"] },
    };
  });
}

const addDays = (date: string, days: number) => isoDate(epochDay(date) + days);

const momentOf = ({ date }: Occasion, minute: number) =>
  `${date}T${two(Math.floor(minute / 60))}:${two(minute % 60)}:00+08:00`;

/** The date on which the existing channel settles what is owed at a minute. */
function settlesOn({ date }: Occasion, minute: number, { windowMinutes }: RunName): { date: string } {
  return { date: windowMinutes.some((end) => minute < end) ? date : addDays(date, 1) };
}

function chainOf(
  { shopper }: Occasion,
  { shop }: Paid,
  { debtor, creditor }: { debtor: string; creditor: string },
): Chain {
  return {
    debtor: { name: `shopper ${shopper}`, account: `S${shopper}` },
    debtorAgent: agentOf(debtor),
    creditorAgent: agentOf(creditor),
    creditor: { name: `shop ${shop}`, account: `M${shop}` },
  };
}

const feeChain = ({ payer, payee }: Leg): Chain => ({
  debtor: { name: payer, account: `fees-${payer}` },
  debtorAgent: agentOf(payer),
  creditorAgent: agentOf(payee),
  creditor: { name: payee, account: `fees-${payee}` },
});
