// A sampled share of all tries, proved with the whole protocol while the run goes on: columns and documents must agree.

import type { Want } from "#/sim/phases/want.ts";
import type { World } from "#/sim/world.ts";
import { columnsOf, provePurchase, type PurchaseFacts } from "./protocol.ts";
import { enrolProtocol } from "./protocol_documents.ts";

/** Steps of a uniform whose rest decides whether a try is in the sample: what is left of it has no other use. */
const restOf = 4_096;

/** The consents that sampled tries are asked for in turn: each receipt less takes a tenth off the cost of a proof. */
const inTurn = [[0, 1], [0, 2]] as const;

/**
 * Lets a run prove the stated share of its tries that come to identification; nothing where shoppers present no credentials.
 * Returns what proves the tries of the day, to be called at its end, and says how many were proved so far.
 *
 * Proving moves no result. Errors: those of {@link provePurchase}, on that day, with the shopper, the day and
 * both verdicts.
 */
export function sampleProofs(world: World): () => number {
  const { sampledProofsPpm, policy } = world.terms.identity;
  if (policy.finds !== "presentation" || sampledProofsPpm === 0) return () => 0;
  const protocol = enrolProtocol(world), share = sampledProofsPpm / 1_000_000;
  const waiting: PurchaseFacts[] = [];
  let proofs = 0;
  world.sample = (world: World, want: Want, product: number, network: number) => {
    const place = (want.plot > 0 ? want.uAmount : want.preference) * restOf;
    if (place - Math.floor(place) >= share) return;
    const facts = {
      shopper: want.shopper,
      day: world.today.day,
      minute: want.minute,
      want: want.attempt,
      amountFen: want.amountFen,
      product,
      network,
    };
    waiting.push({ ...facts, columns: { ...columnsOf(world, facts), linked: want.linked } });
  };
  return () => {
    // One after the other at the end of the day: keys and lists are then at hand.
    for (const facts of waiting) {
      provePurchase(world, protocol, { ...facts, asked: inTurn[proofs++ % inTurn.length] });
    }
    waiting.length = 0;
    return proofs;
  };
}
