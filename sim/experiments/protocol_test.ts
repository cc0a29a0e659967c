import assert from "node:assert/strict";
import { networks, products } from "#/model/names.ts";
import { policies } from "#/model/identity/policies/registry.ts";
import { verifyMembership } from "#/model/identity/enrolment.ts";
import { verifyPresentation } from "#/model/identity/presentation.ts";
import { runDay } from "#/sim/day.ts";
import { farAway } from "#/model/identity/consents.ts";
import { accountAt, credentialAt, holds, locationAt, longAgo, recogniseAt } from "#/sim/tables/identities.ts";
import { flag } from "#/sim/tables/shoppers.ts";
import { openSmall, small } from "#/sim/testing/worlds.ts";
import type { TraceEvent } from "#/sim/trace.ts";
import type { World } from "#/sim/world.ts";
import { provePurchase, type PurchaseFacts } from "./protocol.ts";
import { proveTries } from "./protocol_trace.ts";
import { enrolProtocol, type Protocol, revokeCredential, withdrawConsent } from "./protocol_documents.ts";

const product = products.indexOf("huabei"), network = networks.indexOf("jd-mall");

/** A purchase of a shopper on day 0, and the small world around it. */
const buys = (shopper: number, more: Partial<PurchaseFacts> = {}): PurchaseFacts => ({
  shopper,
  day: 0,
  minute: 600,
  want: 0,
  amountFen: 30_000,
  product,
  network,
  ...more,
});

/** A world before its first day: the list of revoked credentials is of the day before. */
const interop = (): { world: World; protocol: Protocol } => {
  const set = ["identity.credentials.statusMaxAgeMinutes=20160"];
  const world = openSmall(small("interop", { shoppers: 400, set }));
  return { world, protocol: enrolProtocol(world) };
};

/** The first shopper of whom something holds. */
const first = ({ shoppers }: World, holds: (i: number) => boolean): number => {
  const i = Array.from({ length: shoppers.count }, (_, i) => i).findIndex(holds);
  assert.ok(i >= 0, "no such shopper in this world");
  return i;
};

const consents = ({ shoppers }: World, i: number) => holds(shoppers.identities, recogniseAt(i), 600);
const agreed = (world: World) => first(world, (i) => consents(world, i));

Deno.test("the protocol says what the columns say, for every shopper, level, cell and size of purchase", () => {
  const { world, protocol } = interop();
  const seen = new Set<string>();
  for (let i = 0; i < 60; i++) {
    for (const amountFen of [1_000, 150_000, 3_000_000]) {
      const proved = provePurchase(world, protocol, buys(i, { amountFen, network: i % networks.length }));
      assert.equal(proved.linked, consents(world, i));
      assert.equal(proved.assurance, world.shoppers.assurance[i]);
      seen.add(`${proved.linked} ${proved.assurance} ${proved.proved}`);
    }
  }
  for (const met of ["true 3 3", "false 3 3", "true 2 2", "true 1 1"]) assert.ok(seen.has(met), met);
});

Deno.test("a flipped consent bit stops the run with the day, the shopper and both verdicts", () => {
  const { world, protocol } = interop(), i = agreed(world);
  assert.ok(provePurchase(world, protocol, buys(i)).linked);
  // The sign of the minute from which it holds: what was given long ago becomes far away.
  world.shoppers.identities[recogniseAt(i)] ^= -0x80000000;
  world.shoppers.identities[recogniseAt(i)] |= 0x7fffffff;
  assert.throws(
    () => provePurchase(world, protocol, buys(i)),
    new RegExp(`Day 0, shopper ${i}: .* the columns say not linked, the protocol says linked`),
  );
  const other = first(world, (k) => k !== i && !consents(world, k));
  world.shoppers.identities[recogniseAt(other)] ^= -0x80000000;
  assert.throws(
    () => provePurchase(world, protocol, buys(other, { day: 3 })),
    new RegExp(
      `Day 3, shopper ${other}: .*columns say linked, the protocol says not linked .*consent noConsent`,
    ),
  );
});

Deno.test("a flipped revocation bit or assurance level stops the run too", () => {
  const { world, protocol } = interop(), i = agreed(world);
  const { identities } = world.shoppers, until = credentialAt(i) + 1;
  identities[until] ^= 1 << 30;
  identities[until] ^= 0x3fffffff;
  assert.throws(
    () => provePurchase(world, protocol, buys(i)),
    /the columns say not linked, the protocol says linked/,
  );
  identities[until] = farAway;
  for (const [at, what] of [[accountAt(i), "account"], [locationAt(i), "location"]] as const) {
    const before = identities[at];
    identities[at] = before === farAway ? longAgo : farAway;
    assert.throws(
      () => provePurchase(world, protocol, buys(i)),
      new RegExp(`disagree on the use of ${what} data: the columns say (not )?allowed`),
    );
    identities[at] = before;
  }
  world.shoppers.assurance[i] ^= 1;
  assert.throws(
    () => provePurchase(world, protocol, buys(i)),
    /disagree on assurance: the columns say \d, the protocol/,
  );
});

Deno.test("withdrawal and revocation end the link at once, in columns and protocol alike", () => {
  const { world, protocol } = interop(), i = agreed(world);
  const j = first(world, (k) => k > i && consents(world, k));
  withdrawConsent(protocol, i);
  assert.throws(() => provePurchase(world, protocol, buys(i)), /consent consentWithdrawn/);
  world.shoppers.identities[recogniseAt(i) + 1] = 0;
  assert.equal(provePurchase(world, protocol, buys(i)).linked, false);
  assert.ok(provePurchase(world, protocol, buys(j)).linked);
  revokeCredential(protocol, j);
  assert.throws(() => provePurchase(world, protocol, buys(j, { want: 1 })), /status revoked/);
  world.shoppers.identities[credentialAt(j) + 1] = 0;
  const { linked, steps } = provePurchase(world, protocol, buys(j, { want: 1 }));
  assert.equal(linked, false);
  assert.equal(steps.find(({ step }) => step === "status")!.verdict, "revoked");
});

Deno.test("a record of the authority that moves after the root was signed is noticed", () => {
  const { world, protocol } = interop(), i = agreed(world);
  provePurchase(world, protocol, buys(i));
  protocol.enrolled.assurance[i] ^= 3;
  assert.throws(
    () => provePurchase(world, protocol, buys(i)),
    /disagree on assurance: .*enrolment notInTree/,
  );
});

Deno.test("under separate accounts nobody is linked, whatever they agreed to", () => {
  const world = openSmall(small("baseline", { shoppers: 400 }));
  assert.equal(world.terms.identity.policy, policies.separate);
  const protocol = enrolProtocol(world),
    { linked, steps } = provePurchase(world, protocol, buys(agreed(world)));
  assert.equal(linked, false);
  assert.equal(steps.find(({ step }) => step === "consent")!.verdict, "passed");
});

Deno.test("a cell sees what it needs and no more", () => {
  const { world, protocol } = interop();
  const i = first(
    world,
    (k) => world.shoppers.assurance[k] === 3 && (world.shoppers.flags[k] & flag.boundCard) !== 0,
  );
  const shown = (amountFen: number) =>
    provePurchase(world, protocol, buys(i, { amountFen })).steps.find(({ step }) => step === "disclosure")!
      .saw.shown;
  assert.match(String(shown(3_000_000)), /realName.*boundCard|boundCard.*realName/);
  assert.doesNotMatch(String(shown(1_000)), /boundCard/);
});

Deno.test("everything that was sent can be checked again from the artefacts alone", () => {
  const { world, protocol } = interop(), i = agreed(world);
  const { artefacts, steps } = provePurchase(world, protocol, buys(i));
  const { membership, root, presentation } = JSON.parse(JSON.stringify(artefacts));
  const second = world.terms.startEpoch * 86_400 + 36_000, issuer = protocol.institutions.authority.did;
  assert.ok(verifyMembership(membership, { root, issuer, second }).accepted);
  const { audience, nonce } = steps.find(({ step }) => step === "presentation")!.saw;
  const binding = { audience: String(audience), nonce: String(nonce), second, maxAgeSeconds: 60 };
  assert.ok(verifyPresentation(presentation, binding).accepted);
  assert.ok(!verifyPresentation(presentation, { ...binding, second: second + 61 }).accepted);
});

Deno.test("a purchase is proved twice with the same bytes, two wants with different nonces", () => {
  const once = interop(), again = interop(), i = agreed(once.world);
  const { artefacts, steps } = provePurchase(once.world, once.protocol, buys(i));
  assert.deepEqual(provePurchase(again.world, again.protocol, buys(i)).artefacts, artefacts);
  const other = provePurchase(once.world, once.protocol, buys(i, { want: 1 }));
  const nonce = (of: typeof steps) => of.find(({ step }) => step === "presentation")!.saw.nonce;
  assert.notEqual(nonce(other.steps), nonce(steps));
});

Deno.test("proving leaves the world as it was: the days after run the same", () => {
  const hashOf = (proves: boolean) => {
    const { world, protocol } = interop();
    for (let day = 0; day < 3; day++) {
      runDay(world, day, { replay: "" });
      if (proves) { for (let i = 0; i < 5; i++) provePurchase(world, protocol, buys(i, { day })); }
    }
    return [...world.streams.block, ...world.lines.fen.slice(0, 2_000), world.counts.settled];
  };
  assert.deepEqual(hashOf(true), hashOf(false));
});

Deno.test("every try of a followed shopper is proved from the steps of the trace", () => {
  const { world, protocol } = interop();
  let tries = 0, crossed = 0;
  for (let day = 0; day < 6; day++) {
    const shopper = day * 7;
    const events: TraceEvent[] = [];
    world.trace = { shopper, day, events, notices: [] };
    runDay(world, day, { replay: "" });
    for (const want of new Set(events.map((event) => event.want))) {
      const steps = events.filter((event) => event.want === want);
      const { minute, amountFen } = steps[0].saw as { minute: number; amountFen: number };
      const proved = proveTries(world, protocol, { shopper, day, want, minute, amountFen, steps });
      assert.equal(proved.length, steps.filter(({ layer }) => layer === "identify").length);
      tries += proved.length;
      // A column that said otherwise at the time of the try is found by its step.
      const lied = steps.map((step) =>
        step.layer === "identify" ? { ...step, saw: { ...step.saw, linked: !step.saw.linked } } : step
      );
      if (proved.length === 0) continue;
      crossed++;
      assert.throws(
        () => proveTries(world, protocol, { shopper, day, want, minute, amountFen, steps: lied }),
        new RegExp(`Day ${day}, shopper ${shopper}: `),
      );
    }
  }
  assert.ok(tries > 0 && crossed > 0, "nobody tried to buy on credit");
});
