// Consent: people give consents and take them back, lose credentials and get new ones; a breach makes many withdraw.

import { consentKinds, farAway } from "#/model/identity/consents.ts";
import { bindDay, handIn } from "#/sim/registry.ts";
import { draw, lane, process, uniform } from "#/sim/streams.ts";
import { consentAt, credentialAt, holds, spans } from "#/sim/tables/identities.ts";
import { mark } from "#/sim/tables/shoppers.ts";
import { record } from "#/sim/recorder.ts";
import type { World } from "#/sim/world.ts";
import { attributesHeld } from "./recognise.ts";

const dayMinutes = 1_440;
/** The monthly occasion of one person: each consent may be given or taken back, and the credential lost. */
export function reconsider(world: World, i: number): void {
  const { shoppers, streams, today, terms, memory } = world, { identities, entity0 } = shoppers;
  const { consents, credentials } = terms.scenario.identity;
  const morning = today.day * dayMinutes;
  draw(streams, process.consent, entity0 + i, today.day);
  const uLost = uniform(streams, lane.consent.credential);
  // Bit k: consent k changes today.
  let changes = 0;
  for (let kind = 0; kind < consentKinds.length; kind++) {
    const isLive = holds(identities, consentAt(i, kind), morning);
    const rateBps = isLive ? consents.withdrawPerMonthBps : consents.givePerMonthBps;
    if (uniform(streams, kind) < rateBps / 10_000) changes |= 1 << kind;
  }
  for (let kind = 0; changes >> kind > 0; kind++) {
    if (!(changes & 1 << kind)) continue;
    if (holds(identities, consentAt(i, kind), morning)) withdraw(world, i, kind, minuteOf(world, i, kind));
    else give(world, i, kind, minuteOf(world, i, kind));
  }
  if (!world.registry) return;
  const at = credentialAt(i), until = identities[at + 1];
  if (until === farAway) {
    // Nobody can lose a credential that was never issued.
    if (identities[at] === farAway || uLost >= credentials.lostPerYearPpm / 12_000_000) return;
    handIn(world.registry, at + 1, minuteOf(world, i, lane.consent.credential));
    record(world.recorder, today.day, "revoked", "people", 1);
  } else if (morning >= until + credentials.reissueDays * dayMinutes) {
    identities[at] = morning;
    identities[at + 1] = farAway;
    world.onIdentity?.({ kind: "reissued", shopper: i, consent: 0, minute: morning });
    if (shoppers.marks[i] & mark.enrolled) memory.enrolments++;
  }
}

/** The minute of today at which something changes, by its lane. */
function minuteOf({ streams, shoppers, today }: World, i: number, which: number): number {
  draw(streams, process.consent, shoppers.entity0 + i, today.day, 1);
  return today.day * dayMinutes + Math.floor(uniform(streams, which) * dayMinutes);
}

/** A consent is given: across platforms it binds when its receipt is final on the shared ledger. */
function give(world: World, i: number, kind: number, minute: number): void {
  const { shoppers: { identities }, registry, today, recorder } = world;
  const at = consentAt(i, kind);
  identities[at + 1] = farAway;
  if (registry) {
    identities[at] = farAway;
    handIn(registry, at, minute);
  } else {
    identities[at] = minute;
    world.onIdentity?.({ kind: "given", shopper: i, consent: kind, minute });
  }
  record(recorder, today.day, `consentsGiven.${consentKinds[kind]}`, "people", 1);
}

/** A consent is taken back: at once, whatever the ledger knows of it. */
function withdraw(world: World, i: number, kind: number, minute: number): void {
  const { shoppers: { identities }, today, recorder } = world;
  identities[consentAt(i, kind) + 1] = minute;
  world.onIdentity?.({ kind: "withdrawn", shopper: i, consent: kind, minute });
  record(recorder, today.day, `consentsWithdrawn.${consentKinds[kind]}`, "people", 1);
}

/** Breaches of the day: what the issuer keeps of the other's customers gets out; of those whose consents are live, a share takes all of them back, each at a minute of their own. */
export function fearBreaches(world: World): void {
  const { shoppers: { identities, entity0, count }, streams, today, terms } = world;
  const morning = today.day * dayMinutes;
  for (const [number, shock] of terms.scenario.shocks.entries()) {
    if (shock.event !== "data-breach" || today.day < shock.fromDay || today.day >= shock.untilDay) continue;
    if (today.day === shock.fromDay) {
      record(
        world.recorder,
        today.day,
        "leakedAttributes",
        "people",
        attributesHeld(world, shock.issuer === "jd" ? 0 : 1),
      );
    }
    const share = shock.withdrawBps / 10_000 / (shock.untilDay - shock.fromDay);
    for (let i = 0; i < count; i++) {
      draw(streams, process.breach, entity0 + i, today.day, number);
      if (uniform(streams, lane.breach.withdraw) >= share) continue;
      const minute = morning + Math.floor(uniform(streams, lane.breach.minute) * dayMinutes);
      for (let kind = 0; kind < consentKinds.length; kind++) {
        if (holds(identities, consentAt(i, kind), minute)) withdraw(world, i, kind, minute);
      }
    }
  }
}

/** What was handed in today becomes final, or waits; blocks cost what they cost. */
export function bind(world: World): void {
  const { registry, shoppers: { identities }, today, terms, streams, recorder, memory } = world;
  if (!registry) return;
  const onFinal = (place: number, minute: number) => {
    const shopper = Math.floor(place / spans), isCredential = place === credentialAt(shopper) + 1;
    const consent = isCredential ? 0 : (place - consentAt(shopper, 0)) / 2;
    world.onIdentity?.({ kind: isCredential ? "revoked" : "given", shopper, consent, minute });
  };
  memory.ledgerCostFen += bindDay(registry, { day: today.day, identities, terms, streams, onFinal });
  record(recorder, today.day, "ledgerBlocks", "plain", registry.finality.blocks);
  record(recorder, today.day, "ledgerWaiting", "plain", registry.waiting.length);
}
