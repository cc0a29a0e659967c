// Enrolment in bulk: a million people, four attributes each, under one signed root. PEOPLE in the environment replaces
// the million.

import { didOf } from "./credential.ts";
import { keyFromSeed } from "./ed25519.ts";
import { enrol, openLeaf, publishRoot, type Roll, verifyMembership } from "./enrolment.ts";
import { philox } from "#/model/statistics/philox.ts";

const count = Number(Deno.env.get("PEOPLE") ?? 1_000_000);
const block = new Uint32Array(4);
const roll: Roll = {
  count,
  attributes: ["realName", "secondFactor", "boundCard", "consent"],
  value: (person, k) => k === 0 ? person + 1 : (person >> k) & 1,
  salt: (person, k, out) => {
    philox(21, person, k, 0, 1, 2, block);
    for (let i = 0; i < 16; i++) out[i] = block[i >> 2] >>> 8 * (i & 3);
  },
};
const key = keyFromSeed(new Uint8Array(32).fill(1));

Deno.bench(`enrol ${count} people and sign the root`, { n: 1, warmup: 0 }, () => {
  publishRoot(enrol(roll), { attributes: roll.attributes, key, from: 0, until: 86_400 });
});

const few = { ...roll, count: 4_096 }, tree = enrol(few);
const root = publishRoot(tree, { attributes: roll.attributes, key, from: 0, until: 86_400 });
const membership = openLeaf(few, { tree, person: 77, shown: ["consent"] });
Deno.bench("check one membership of 4096", () => {
  verifyMembership(membership, { root, issuer: didOf(key), second: 60 });
});
