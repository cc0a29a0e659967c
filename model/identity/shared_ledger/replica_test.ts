import assert from "node:assert/strict";
import { makeBlock } from "./block.ts";
import { type ForkRefusal, type Message, Replica, type Sending } from "./replica.ts";
import { noParent } from "./shapes.ts";
import { receiptAt } from "./testing.ts";

/** Three replicas of which two are a quorum, and what they refuse. */
function three() {
  const refusals: ForkRefusal[] = [];
  const replicas = [0, 1, 2].map((number) =>
    new Replica(number, { quorum: 2, entriesPerBlock: 10, onFork: (refusal) => refusals.push(refusal) })
  );
  /** A round: who leads, whose answers arrive, who gets the proposal, and who hears whose acknowledgement. */
  const round = (
    ballot: number,
    { leader, asked, proposed, heard = [], minute = ballot + 1 }: {
      leader: number;
      asked: number[];
      proposed: number[];
      heard?: number[];
      minute?: number;
    },
  ): Message[] => {
    for (const { message } of replicas[leader].lead(ballot)) {
      for (const number of asked) deliver(replicas[number].receive(message), replicas[leader]);
    }
    const waiting = [receiptAt(minute - 1, ballot)];
    const proposals = replicas[leader].propose(ballot, { minute, waiting });
    const acknowledgements = proposals.filter(({ to }) => proposed.includes(to as number))
      .flatMap(({ to, message }) => replicas[to as number].receive(message)).map(({ message }) => message);
    for (const number of heard) for (const message of acknowledgements) replicas[number].receive(message);
    return acknowledgements;
  };
  return { replicas, refusals, round };
}

const deliver = (sendings: readonly Sending[], to: Replica) => {
  for (const { message } of sendings) to.receive(message);
};

const all = [0, 1, 2];

Deno.test("a block is final where a quorum's acknowledgements are heard, and nowhere else", () => {
  const { replicas, round } = three();
  round(0, { leader: 0, asked: all, proposed: [0, 1], heard: [1] });
  assert.deepEqual(replicas.map(({ height }) => height), [0, 1, 0]);
  assert.deepEqual(replicas.map(({ pending }) => pending?.ballot), [0, undefined, undefined]);
});

Deno.test("acknowledgements of two rounds do not add up to a quorum", () => {
  const { replicas, round } = three();
  const [first] = round(0, { leader: 0, asked: [0, 1], proposed: [0] });
  round(4, { leader: 1, asked: [1, 2], proposed: [1] });
  // The first block again, in a later round: replica 2 holds it, with replica 0's acknowledgement of the round before.
  const again = round(6, { leader: 0, asked: [0, 2], proposed: [2], heard: [2] });
  replicas[2].receive(first);
  assert.deepEqual(again.map((message) => message.kind === "acknowledge" && message.hash), [
    replicas[0].pending!.block.hash,
  ]);
  assert.equal(replicas[2].height, 0);
  // Otherwise this would be a second final block: 0 and 1 know of no acknowledgement by 2.
  round(7, { leader: 1, asked: [0, 1], proposed: [0, 1], heard: all });
  assert.deepEqual(replicas.map(({ height }) => height), [1, 1, 0]);
  assert.equal(replicas[0].head, replicas[1].head);
  assert.notEqual(replicas[0].head, again[0].kind === "acknowledge" && again[0].hash);
});

Deno.test("a leader takes up the block that may be final already, as it is, and adds nothing", () => {
  const { replicas, round } = three();
  round(0, { leader: 0, asked: all, proposed: [0, 1] });
  const held = replicas[1].pending!.block;
  round(4, { leader: 2, asked: [1, 2], proposed: [1, 2], heard: [2] });
  assert.equal(replicas[2].head, held.hash);
  assert.equal(replicas[2].chain[0].header.proposer, 0);
});

Deno.test("a leader without a quorum of answers proposes nothing, and one that crashed forgets its round", () => {
  const { replicas, round } = three();
  assert.deepEqual(round(0, { leader: 0, asked: [0], proposed: all }), []);
  assert.equal(replicas[0].pending, undefined);
  for (const { message } of replicas[1].lead(4)) {
    for (const replica of replicas) deliver(replica.receive(message), replicas[1]);
  }
  replicas[1].crash();
  assert.deepEqual(replicas[1].propose(4, { minute: 5, waiting: [] }), []);
});

Deno.test("of two leaders of one block time, who took each other for down, only one closes a block", () => {
  const { replicas, round } = three();
  round(0, { leader: 0, asked: all, proposed: all, heard: all, minute: 5 });
  assert.deepEqual(round(1, { leader: 1, asked: all, proposed: all, minute: 5 }), []);
  assert.equal(round(4, { leader: 1, asked: all, proposed: all, minute: 6 }).length, 3);
  assert.equal(replicas[0].height, 1);
});

Deno.test("a replica that answered a later leader neither answers nor follows an earlier one", () => {
  const { replicas, round } = three();
  const [{ message: late }] = replicas[0].lead(0);
  round(4, { leader: 1, asked: all, proposed: [] });
  assert.deepEqual(replicas[2].receive(late), []);
  const block = makeBlock([], { height: 1, parent: noParent, minute: 1, proposer: 0 });
  const proposal = { kind: "propose", ballot: 0, from: 0, asked: 2, block, missing: [] } as const;
  assert.deepEqual(replicas[2].receive(proposal), []);
  assert.equal(replicas[2].receive({ ...proposal, ballot: 4 }).length, 1);
});

Deno.test("a proposal brings along the blocks that its receiver lacks", () => {
  const { replicas, round } = three();
  round(0, { leader: 0, asked: [0, 1], proposed: [0, 1], heard: [0, 1] });
  round(4, { leader: 1, asked: [0, 1], proposed: [0, 1], heard: [0, 1] });
  assert.equal(replicas[2].height, 0);
  round(8, { leader: 2, asked: all, proposed: all, heard: all });
  assert.deepEqual(replicas.map(({ height }) => height), [3, 3, 3]);
  assert.equal(new Set(replicas.map(({ head }) => head)).size, 1);
});

Deno.test("a fork is refused with its height and both hashes, and changes nothing", () => {
  const { replicas, refusals, round } = three();
  round(0, { leader: 0, asked: all, proposed: all, heard: all });
  const [replica] = replicas, [first] = replica.chain;
  const offer = (parts: { height: number; parent: string; ballot?: number; asked?: number }) => {
    const { ballot = 100, asked = 0, ...header } = parts;
    const block = makeBlock([], { minute: 50, proposer: 2, ...header });
    const sent = replica.receive({ kind: "propose", ballot, from: 2, asked, block, missing: [] });
    return { block, sent };
  };
  // In the place of a final block; the claim to have asked everybody does not help.
  const second = offer({ height: 1, parent: noParent, asked: 3 });
  assert.deepEqual(refusals.pop(), {
    replica: 0,
    from: 2,
    height: 1,
    held: first.hash,
    offered: second.block.hash,
    why: "another block of this height is final",
  });
  // Above the head, with another parent.
  const astray = offer({ height: 2, parent: second.block.hash, asked: 3 });
  const why = "its parent is not the head";
  assert.deepEqual(refusals.pop(), {
    replica: 0,
    from: 2,
    height: 2,
    held: first.hash,
    offered: astray.block.hash,
    why,
  });
  // In the place of a block that was acknowledged, by somebody who has not asked a quorum, or in the same round.
  round(4, { leader: 1, asked: all, proposed: all });
  const held = replica.pending!.block.hash;
  const unasked = offer({ height: 2, parent: first.hash, asked: 1 });
  assert.deepEqual(refusals.pop(), {
    replica: 0,
    from: 2,
    height: 2,
    held,
    offered: unasked.block.hash,
    why: "another block of this height was acknowledged",
  });
  offer({ height: 2, parent: first.hash, asked: 3, ballot: 4 });
  assert.equal(refusals.pop()?.why, "another block of this height was acknowledged");
  assert.deepEqual([second, astray, unasked].flatMap(({ sent }) => sent), []);
  assert.deepEqual([replica.head, replica.pending?.block.hash], [first.hash, held]);
  // Blocks brought along are held to the same.
  const block = makeBlock([], { height: 3, parent: held, minute: 60, proposer: 2 });
  replica.receive({ kind: "propose", ballot: 100, from: 2, asked: 3, block, missing: [second.block] });
  assert.equal(refusals.pop()?.why, "another block of this height is final");
  assert.deepEqual(refusals, []);
});

Deno.test("a block that is broken, holds what it may not, or leaves a gap is not acknowledged", () => {
  const { replicas: [replica], refusals } = three();
  const header = { height: 1, parent: noParent, minute: 5, proposer: 1 };
  const good = makeBlock([receiptAt(3, 0)], header);
  const offer = (block: typeof good) =>
    replica.receive({ kind: "propose", ballot: 4, from: 1, asked: 2, block, missing: [] });
  assert.deepEqual(offer({ ...good, hash: noParent }), []);
  assert.deepEqual(offer({ ...good, entries: [receiptAt(3, 1)] }), []);
  assert.deepEqual(offer(makeBlock([receiptAt(5, 0)], header)), []);
  // deno-lint-ignore no-explicit-any
  assert.deepEqual(offer(makeBlock([{ ...receiptAt(3, 0), name: "Zhang San" } as any], header)), []);
  assert.deepEqual(offer(makeBlock([], { ...header, height: 2, parent: good.hash })), []);
  assert.deepEqual(refusals, []);
  assert.equal(replica.pending, undefined);
  assert.equal(offer(good).length, 1);
});
