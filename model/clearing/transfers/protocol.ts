// A transfer over the bridge in two phases: prepare reserves the payer's money, fulfil moves it, a timeout gives it back.
//
// The operator alone decides, once, and keeps what it decided: so no fault can settle a transfer twice or make money.
// Whoever does not know the decision asks again, with the same key, until it knows: so once messages pass again,
// everything is settled or given back. The payer repeats its prepare, the operator its offer, the payee its fulfil; each is
// answered with the decision if there is one.

import { EventQueue } from "#/model/identity/shared_ledger/event_queue.ts";
import type { MessageKind, Sent, Transfer, TransferFaults } from "./faults.ts";
import type { Decision, TransferBooks, TransferState, TransferTerms } from "./shapes.ts";

type Event =
  & { second: number; rank: number; replica: number; state: TransferState }
  & (
    | { what: "arrives"; message: Sent; link: number; gone?: boolean }
    | { what: "repeats"; who: "payer" | "operator" | "payee"; waitSeconds: number }
    | { what: "lapses" }
  );

/**
 * The protocol of one day: transfers on their way between participants and the operator, in order of second.
 *
 * Shapes: participants are numbers from 0, `operator` one of them. Errors: `RangeError` for a transfer to oneself, a key
 * that comes again with other content, or for `funded` and `abandon` of a transfer that does not wait.
 * Source: the two-phase transfer of interledger systems (prepare, fulfil, abort) with the operator as coordinator.
 *
 * @example
 * ```ts
 * import { noFaults } from "#/model/clearing/transfers/faults.ts";
 * import { TransferProtocol } from "#/model/clearing/transfers/protocol.ts";
 * import assert from "node:assert/strict";
 * const fen = [100, 0, 0];
 * const protocol = new TransferProtocol({
 *   operator: 2,
 *   terms: { latencySeconds: 1, retrySeconds: 5, longestRetrySeconds: 60, timeoutSeconds: 30, lifeSeconds: 60 },
 *   faults: noFaults,
 *   books: {
 *     reserve: () => (fen[0] -= 40, "reserved"),
 *     settle: () => void (fen[1] += 40),
 *     release: () => void (fen[0] += 40),
 *   },
 * });
 * protocol.send({ id: 7, payer: 0, payee: 1 }, 0);
 * protocol.advance(100);
 * assert.equal(protocol.stateOf(7)!.decision, "settled");
 * assert.deepEqual(fen, [60, 40, 0]);
 * ```
 */
export class TransferProtocol {
  /** Messages sent again because no answer came. */
  repeated = 0;
  /** Messages that said what their receiver knew already: copies and repetitions. */
  again = 0;
  /** Messages that did not arrive: lost, or sent to a participant that was down. */
  missed = 0;
  private readonly queue = new EventQueue<Event>();
  private readonly states = new Map<number, TransferState>();
  /** The message that lets the next one of its link pass, by link. */
  private readonly overtaken = new Map<number, Event & { what: "arrives" }>();
  private readonly failedUntil = new Map<number, number>();
  private readonly operator: number;
  private readonly terms: TransferTerms;
  private readonly books: TransferBooks;
  private readonly faults: TransferFaults;

  constructor(
    { operator, terms, books, faults }: {
      operator: number;
      terms: TransferTerms;
      books: TransferBooks;
      faults: TransferFaults;
    },
  ) {
    this.operator = operator;
    this.terms = terms;
    this.books = books;
    this.faults = faults;
  }

  /** How many transfers are not decided. */
  get open(): number {
    let open = 0;
    for (const { stage } of this.states.values()) if (stage !== "decided") open++;
    return open;
  }

  /** What became of a transfer; undefined for a key that was never sent. */
  stateOf(id: number): TransferState | undefined {
    return this.states.get(id);
  }

  /** The payer gives an order. The same key with the same content is the same order. */
  send(transfer: Transfer, second: number): void {
    if (transfer.payer === transfer.payee) {
      throw new RangeError(
        `Cannot send transfer ${transfer.id}: participant ${transfer.payer} would pay itself`,
      );
    }
    const before = this.states.get(transfer.id);
    if (before) {
      const { payer, payee } = before.transfer;
      if (payer === transfer.payer && payee === transfer.payee) return;
      throw new RangeError(
        `Cannot send transfer ${transfer.id} from ${transfer.payer} to ${transfer.payee}: ` +
          `its key stands for one from ${payer} to ${payee}`,
      );
    }
    const state: TransferState = {
      transfer,
      sentSecond: second,
      expirySecond: second + this.faults.clockSeconds(transfer.payer) + this.terms.lifeSeconds,
      stage: "sent",
      decision: null,
      decidedSecond: 0,
      deadlineSecond: Infinity,
      promised: false,
      hasFailed: false,
      payerKnows: null,
      payeeKnows: null,
      messages: 0,
    };
    this.states.set(transfer.id, state);
    this.post(state, { kind: "prepare", from: transfer.payer, to: this.operator, second });
    this.repeatLater(state, "payer", { second, waitSeconds: this.terms.retrySeconds });
  }

  /** Lets everything happen that happens before a second. */
  advance(second: number): void {
    for (let event = this.queue.popBefore(second); event; event = this.queue.popBefore(second)) {
      this.happen(event);
    }
  }

  /** The money that a transfer waited for is reserved. */
  funded(id: number, second: number): void {
    this.reserved(this.waiting(id), second);
  }

  /** A transfer has waited long enough for money. */
  abandon(id: number, second: number): void {
    this.decide(this.waiting(id), "short", second);
  }

  /**
   * The end of the day: what is not decided is given back, and everything is forgotten. Returns the transfers of which
   * payer or payee has not heard the end: their files will not agree with the operator's.
   */
  close(second: number): Transfer[] {
    this.advance(second);
    const unheard: Transfer[] = [];
    for (const state of this.states.values()) {
      if (state.stage !== "decided") this.decide(state, "expired", second);
      const { payerKnows, payeeKnows, promised, transfer } = state;
      if (payerKnows === null || promised && payeeKnows === null) unheard.push(transfer);
    }
    while (this.queue.popBefore(Infinity));
    this.states.clear();
    this.overtaken.clear();
    this.failedUntil.clear();
    return unheard;
  }

  private waiting(id: number): TransferState {
    const state = this.states.get(id);
    if (state?.stage === "waiting") return state;
    throw new RangeError(
      `Cannot go on with transfer ${id}: it is ${state?.stage ?? "unknown"}, not waiting for money`,
    );
  }

  private upAt(participant: number, second: number): number {
    return Math.max(this.faults.upAt(participant, second), this.failedUntil.get(participant) ?? -Infinity);
  }

  private happen(event: Event): void {
    if (event.what === "arrives") return this.arrive(event);
    const { state, second } = event;
    if (event.what === "lapses") {
      if (state.stage !== "reserved") return;
      const up = this.upAt(this.operator, second);
      if (up > second) this.queue.push({ ...event, second: up });
      else this.decide(state, "expired", second);
    } else this.repeat(state, event);
  }

  private repeat(
    state: TransferState,
    { who, second, waitSeconds }: {
      who: "payer" | "operator" | "payee";
      second: number;
      waitSeconds: number;
    },
  ): void {
    const { transfer } = state;
    const from = who === "operator" ? this.operator : transfer[who];
    const up = this.upAt(from, second);
    if (up > second) {
      this.queue.push({ what: "repeats", state, who, waitSeconds, second: up, rank: 1, replica: from });
      return;
    }
    const answered = who === "operator"
      ? state.stage === "decided"
      : (who === "payer" ? state.payerKnows : state.payeeKnows) !== null;
    if (answered) return;
    this.repeated++;
    const kind = who === "payer" ? "prepare" : who === "operator" ? "offer" : "fulfil";
    this.post(state, { kind, from, to: who === "operator" ? transfer.payee : this.operator, second });
    const longer = Math.min(2 * waitSeconds, this.terms.longestRetrySeconds);
    this.repeatLater(state, who, { second, waitSeconds: longer });
  }

  private repeatLater(
    state: TransferState,
    who: "payer" | "operator" | "payee",
    { second, waitSeconds }: { second: number; waitSeconds: number },
  ): void {
    const replica = who === "operator" ? this.operator : state.transfer[who];
    this.queue.push({
      what: "repeats",
      state,
      who,
      waitSeconds,
      second: second + waitSeconds,
      rank: 1,
      replica,
    });
  }

  /** Sends a message into the network, which may harm it. */
  private post(
    state: TransferState,
    { kind, from, to, second }: { kind: MessageKind; from: number; to: number; second: number },
  ): void {
    const message: Sent = { transfer: state.transfer, number: state.messages++, kind, from, to, second };
    const { lost, copies, lateSeconds, overtaken } = this.faults.fate(message);
    if (lost) {
      this.missed++;
      return;
    }
    const { latencySeconds, longestRetrySeconds } = this.terms, link = from * 65_536 + to;
    for (let copy = 0; copy <= copies; copy++) {
      const arrives = second + latencySeconds + lateSeconds + copy;
      const event: Event & { what: "arrives" } = {
        ...{ what: "arrives", state, message, link, rank: 0, replica: to },
        // Where no other message comes to overtake it, it arrives as late as a repetition would.
        second: overtaken ? arrives + longestRetrySeconds : arrives,
      };
      this.queue.push(event);
      if (overtaken) this.overtaken.set(link, event);
    }
  }

  private arrive(event: Event & { what: "arrives" }): void {
    if (event.gone) return;
    const { message, state, second, link } = event;
    const held = this.overtaken.get(link);
    if (held === event) this.overtaken.delete(link);
    if (this.upAt(message.to, second) > second) this.missed++;
    else this.take(state, message, second);
    // Now that this one has passed, the one that it overtook follows.
    if (held && held !== event && !held.gone && held.message.second <= message.second) {
      this.overtaken.delete(link);
      held.gone = true;
      if (this.upAt(held.message.to, second) > second) this.missed++;
      else this.take(held.state, held.message, second);
    }
  }

  /** What a participant does with a message. */
  private take(state: TransferState, { kind, to }: Sent, second: number): void {
    const { transfer } = state;
    const isKnown = kind === "prepare"
      ? state.stage !== "sent"
      : kind === "offer"
      ? state.promised
      : kind === "decision"
      ? (to === transfer.payer ? state.payerKnows : state.payeeKnows) !== null
      : state.stage === "decided";
    if (isKnown) this.again++;
    if (kind === "prepare") this.prepare(state, second);
    else if (kind === "offer") this.offered(state, second);
    else if (kind === "fulfil") {
      if (state.stage === "reserved") {
        this.decide(state, second < state.deadlineSecond ? "settled" : "expired", second);
      } else this.tell(state, transfer.payee, second);
    } else if (kind === "refuse") {
      if (state.stage === "reserved") this.decide(state, "refused", second);
    } else if (to === transfer.payer) state.payerKnows = state.decision;
    else state.payeeKnows = state.decision;
  }

  /** The operator gets an order, for the first time or again. */
  private prepare(state: TransferState, second: number): void {
    if (state.stage === "decided") return this.tell(state, state.transfer.payer, second);
    if (state.stage !== "sent") return;
    if (second + this.faults.clockSeconds(this.operator) > state.expirySecond) {
      return this.decide(state, "expired", second);
    }
    const got = this.books.reserve(state.transfer, second);
    if (got === "short") this.decide(state, "short", second);
    else if (got === "waiting") state.stage = "waiting";
    else this.reserved(state, second);
  }

  private reserved(state: TransferState, second: number): void {
    const { transfer } = state, { retrySeconds, timeoutSeconds } = this.terms;
    state.stage = "reserved";
    // By the operator's own clock: the order's life, but no longer than a payee is waited for.
    const lifeLeft = state.expirySecond - this.faults.clockSeconds(this.operator) - second;
    state.deadlineSecond = second + Math.max(1, Math.min(lifeLeft, timeoutSeconds));
    this.queue.push({
      ...{ what: "lapses", state, rank: 2, replica: this.operator },
      second: state.deadlineSecond,
    });
    this.post(state, { kind: "offer", from: this.operator, to: transfer.payee, second });
    this.repeatLater(state, "operator", { second, waitSeconds: retrySeconds });
  }

  /** The payee is asked: it promises, or finds by its own clock that the time is over. */
  private offered(state: TransferState, second: number): void {
    const { transfer } = state, { payee } = transfer;
    if (!state.promised) {
      const fails = this.faults.failsSeconds(transfer);
      if (fails > 0 && !state.hasFailed) {
        state.hasFailed = true;
        // It has read the offer and written nothing down when it fails; afterwards it is asked again.
        this.failedUntil.set(payee, second + fails);
        return;
      }
      const says = second + this.faults.clockSeconds(payee);
      if (says > state.deadlineSecond + this.faults.clockSeconds(this.operator)) {
        return this.post(state, { kind: "refuse", from: payee, to: this.operator, second });
      }
      state.promised = true;
      this.repeatLater(state, "payee", { second, waitSeconds: this.terms.retrySeconds });
    }
    this.post(state, { kind: "fulfil", from: payee, to: this.operator, second });
  }

  /** The operator decides: the money moves or is free again, and both are told. */
  private decide(state: TransferState, decision: Decision, second: number): void {
    const { transfer } = state, wasReserved = state.stage === "reserved";
    state.stage = "decided";
    state.decision = decision;
    state.decidedSecond = second;
    if (decision === "settled") this.books.settle(transfer, second);
    else if (wasReserved) this.books.release(transfer, second);
    this.books.decided?.(transfer, decision, second);
    this.tell(state, transfer.payer, second);
    this.tell(state, transfer.payee, second);
  }

  private tell(state: TransferState, to: number, second: number): void {
    this.post(state, { kind: "decision", from: this.operator, to, second });
  }
}
