// One replica: what it has on disk, what it promises and acknowledges, and which blocks it refuses.
//
// For each block time one replica leads. It asks all the others; whoever answers promises to follow no earlier leader and
// tells the blocks that it has. With a quorum of answers the leader proposes: the block that was acknowledged before, if
// there is one that may be final already, otherwise a new one. A block that a quorum acknowledges is final. This is
// Paxos for one block after another; a replica that crashes keeps its disk and forgets only the round that it led.
//
// Source: L. Lamport, "Paxos Made Simple" (2001); crash faults only, nobody lies.

import { type Block, blockFault, makeBlock } from "./block.ts";
import { entryLeaf, type LedgerEntry } from "./entry.ts";
import { noParent } from "./shapes.ts";

/** Which round a message belongs to: later rounds have greater numbers, and no two leaders share one. */
export type Ballot = number;

/** A block that a replica acknowledged and that it does not know to be final. */
export interface Acknowledged {
  ballot: Ballot;
  block: Block;
}

/** What replicas tell each other. `missing` brings the final blocks that the receiver lacks: this is how one catches up. */
export type Message =
  & { ballot: Ballot; from: number }
  & (
    | { kind: "ask"; height: number }
    | { kind: "answer"; height: number; missing: readonly Block[]; pending?: Acknowledged }
    | { kind: "propose"; asked: number; block: Block; missing: readonly Block[] }
    | { kind: "acknowledge"; height: number; hash: string }
  );

/** A message and whom it goes to. A message to oneself travels like any other. */
export interface Sending {
  to: number | "all";
  message: Message;
}

/** A block that a replica refused because it would part the chain in two. */
export interface ForkRefusal {
  replica: number;
  /** Who offered it. */
  from: number;
  height: number;
  /** The hash that the replica holds in its place: the block of that height, or the parent that the block should name. */
  held: string;
  offered: string;
  why:
    | "another block of this height is final"
    | "another block of this height was acknowledged"
    | "its parent is not the head";
}

/** A block became final at a replica, by these acknowledgements. */
export interface Finality {
  replica: number;
  block: Block;
  acknowledgedBy: readonly number[];
}

/** How large the ledger is, and whom a replica tells what it sees. */
export interface ReplicaSettings {
  quorum: number;
  entriesPerBlock: number;
  onFinal?: (finality: Finality) => void;
  onFork?: (refusal: ForkRefusal) => void;
}

/** What a leader learnt in the round that it leads: lost in a crash. */
interface Round {
  ballot: Ballot;
  answers: Map<number, Extract<Message, { kind: "answer" }>>;
}

/** A replica. Everything but its round is on disk. */
export class Replica {
  /** Its final blocks; block h stands at h - 1. */
  readonly chain: Block[] = [];
  /** The block above its head that it acknowledged last. */
  pending?: Acknowledged;
  #promised: Ballot = -1;
  #round?: Round;
  readonly #votes = new Map<Ballot, Set<number>>();
  readonly #finalIds = new Set<string>();

  /** Replica number `number` of a ledger. */
  constructor(readonly number: number, readonly settings: ReplicaSettings) {}

  /** The height of its last final block; 0 for none. */
  get height(): number {
    return this.chain.length;
  }

  /** The hash of its last final block; 64 zeros for none. */
  get head(): string {
    return this.chain.at(-1)?.hash ?? noParent;
  }

  /** It goes down: the round that it leads is lost. */
  crash(): void {
    this.#round = undefined;
  }

  /** It leads a round: it asks everybody, itself included. */
  lead(ballot: Ballot): Sending[] {
    this.#round = { ballot, answers: new Map() };
    return [{ to: "all", message: { kind: "ask", ballot, from: this.number, height: this.height } }];
  }

  /**
   * The time for answers is over: with a quorum of them the leader proposes to whoever answered.
   *
   * Shapes: `waiting` the entries handed in before `minute`, in order; those that are final are left out.
   */
  propose(
    ballot: Ballot,
    { minute, waiting }: { minute: number; waiting: readonly LedgerEntry[] },
  ): Sending[] {
    const round = this.#round;
    if (round?.ballot !== ballot) return [];
    this.#round = undefined;
    const answers = [...round.answers.values()], { quorum, entriesPerBlock } = this.settings;
    if (answers.length < quorum) return [];
    for (const answer of answers) this.#catchUp(answer.missing, answer.from);
    let latest: Acknowledged | undefined;
    for (const { pending } of answers) {
      if (pending?.block.header.height !== this.height + 1) continue;
      if (!latest || pending.ballot > latest.ballot) latest = pending;
    }
    // Two leaders of one block time, who took each other for down: the second has nothing to add.
    if (!latest && minute <= (this.chain.at(-1)?.header.minute ?? -Infinity)) return [];
    const block = latest?.block ?? makeBlock(
      waiting.filter((entry) => !this.#finalIds.has(entryLeaf(entry).toHex())).slice(0, entriesPerBlock),
      { height: this.height + 1, parent: this.head, minute, proposer: this.number },
    );
    return answers.map(({ from, height }) => ({
      to: from,
      message: {
        kind: "propose",
        ballot,
        from: this.number,
        asked: answers.length,
        block,
        missing: this.chain.slice(height),
      },
    }));
  }

  /** It reads a message and says what it sends for it. */
  receive(message: Message): Sending[] {
    switch (message.kind) {
      case "ask":
        return this.#answer(message);
      case "answer":
        if (this.#round?.ballot === message.ballot) this.#round.answers.set(message.from, message);
        return [];
      case "propose":
        return this.#judge(message);
      case "acknowledge":
        this.#count(message);
        return [];
    }
  }

  #answer({ ballot, from, height }: Extract<Message, { kind: "ask" }>): Sending[] {
    if (ballot < this.#promised) return [];
    this.#promised = ballot;
    const missing = this.chain.slice(height), { pending } = this;
    return [{
      to: from,
      message: { kind: "answer", ballot, from: this.number, height: this.height, missing, pending },
    }];
  }

  #judge({ ballot, from, asked, block, missing }: Extract<Message, { kind: "propose" }>): Sending[] {
    this.#catchUp(missing, from);
    if (!this.#extends(block, { from, ballot, asked })) return [];
    this.#promised = ballot;
    if (block.header.height > this.height) this.pending = { ballot, block };
    const { height } = block.header, acknowledged = { ballot, from: this.number, height, hash: block.hash };
    // Others may have been faster than the proposal.
    this.#decide();
    return [{ to: "all", message: { kind: "acknowledge", ...acknowledged } }];
  }

  /** Whether a proposed block may be acknowledged: it extends the head and parts nothing in two. */
  #extends(
    block: Block,
    { from, ballot, asked }: { from: number; ballot: Ballot; asked: number },
  ): boolean {
    const { height, parent } = block.header, offered = block.hash;
    const refuse = (held: string, why: ForkRefusal["why"]) => {
      this.settings.onFork?.({ replica: this.number, from, height, held, offered, why });
      return false;
    };
    if (blockFault(block)) return false;
    if (height <= this.height) {
      const held = this.chain[height - 1].hash;
      if (held !== offered) return refuse(held, "another block of this height is final");
      return ballot >= this.#promised;
    }
    // A block further up says nothing about a fork: the replica lacks what stands between.
    if (height > this.height + 1) return false;
    if (parent !== this.head) return refuse(this.head, "its parent is not the head");
    const held = this.pending?.block.hash ?? offered;
    // Only a later leader that asked a quorum knows that what was acknowledged here cannot be final elsewhere.
    if (held !== offered && (asked < this.settings.quorum || ballot <= this.pending!.ballot)) {
      return refuse(held, "another block of this height was acknowledged");
    }
    return asked >= this.settings.quorum && ballot >= this.#promised;
  }

  /** Takes over final blocks of another replica that follow the own head. */
  #catchUp(blocks: readonly Block[], from: number): void {
    for (const block of blocks) {
      const { height, parent } = block.header;
      if (height <= this.height) {
        const held = this.chain[height - 1].hash, offered = block.hash;
        if (held === offered) continue;
        const why = "another block of this height is final";
        return this.settings.onFork?.({ replica: this.number, from, height, held, offered, why });
      }
      if (height > this.height + 1 || parent !== this.head || blockFault(block)) return;
      this.#append(block);
    }
  }

  #count({ ballot, from, height }: Extract<Message, { kind: "acknowledge" }>): void {
    if (height <= this.height) return;
    // Per ballot, not per block: acknowledgements of two rounds do not add up to a quorum.
    const votes = this.#votes.get(ballot) ?? new Set();
    this.#votes.set(ballot, votes.add(from));
    this.#decide();
  }

  /** The pending block is final once a quorum has acknowledged it in one round. */
  #decide(): void {
    const { pending } = this, votes = pending && this.#votes.get(pending.ballot);
    if (!votes || votes.size < this.settings.quorum) return;
    const acknowledgedBy = [...votes].sort((a, b) => a - b);
    this.#append(pending.block);
    this.settings.onFinal?.({ replica: this.number, block: pending.block, acknowledgedBy });
  }

  #append(block: Block): void {
    this.chain.push(block);
    this.pending = undefined;
    this.#votes.clear();
    for (const entry of block.entries) this.#finalIds.add(entryLeaf(entry).toHex());
  }
}
