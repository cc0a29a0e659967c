// Recognise: whose account on the other side this shopper's is, who may know it, and what is used of it.

import { assuranceLevel } from "#/model/identity/assurance.ts";
import { attributesShown, consentKinds } from "#/model/identity/consents.ts";
import { linkFact } from "#/model/identity/policies/registry.ts";
import { fieldsExchanged } from "#/sim/linkage.ts";
import { freshAt } from "#/sim/registry.ts";
import { lineCount } from "#/sim/tables/lines.ts";
import { shown } from "#/sim/tables/shoppers.ts";
import { issuerAt } from "./clear.ts";
import { accountAt, credentialAt, holds, locationAt, recogniseAt } from "#/sim/tables/identities.ts";
import type { World } from "#/sim/world.ts";

const recognising = consentKinds.indexOf("recognise");
const accounts = consentKinds.indexOf("account");
const locations = consentKinds.indexOf("location");

/** Why the issuer of a product does not recognise a shopper on the other platform at a minute of the run, or none. */
export function linkRefusal(world: World, i: number, p: number, minute: number): number {
  const { terms, shoppers: { identities }, links, registry } = world;
  if (!links && !registry) return terms.identity.refusals[0];
  let facts = holds(identities, recogniseAt(i), minute) ? linkFact.consented : 0;
  if (links && links.to[i * lineCount + p] >= 0) facts |= linkFact.matched;
  if (registry) {
    if (holds(identities, credentialAt(i), minute)) facts |= linkFact.credentialLive;
    if (freshAt(registry, minute, terms.identity.statusMaxAgeMinutes)) facts |= linkFact.statusFresh;
  }
  return terms.identity.refusals[facts];
}

/** The person whose line with the other issuer this one takes for the shopper's; files that were compared may be wrong. */
export function takenFor({ links }: World, i: number, p: number): number {
  return links ? links.to[i * lineCount + p] : i;
}

/**
 * Whether the issuer of a product reads the other side's account of a shopper whom it recognises: if the shopper lets it, and
 * then the use is on record.
 */
export function readsAccount(world: World, i: number, p: number, minute: number): boolean {
  if (!mayReadAccount(world, i, minute)) return false;
  use(world, accounts, p, attributesShown.account);
  world.shoppers.shown[i] |= shown.account << 4 * issuerAt[p];
  if (takenFor(world, i, p) !== i) world.counts.wrongPersonUses++;
  return true;
}

/**
 * Whether the issuer of a product asks the credit bureau about a shopper: the bureau knows real names, and the shopper must
 * let the account be read. The use is on record.
 */
export function asksBureau(world: World, i: number, p: number, minute: number): boolean {
  if (!mayAskBureau(world, i, minute)) return false;
  use(world, accounts, p, attributesShown.account);
  return true;
}

/** Whether a shopper lets the account be read; asking this is no use of it. */
export const mayReadAccount = ({ shoppers }: World, i: number, minute: number): boolean =>
  holds(shoppers.identities, accountAt(i), minute);

/** Whether the credit bureau may be asked about a shopper; asking this is no use of it. */
export const mayAskBureau = (world: World, i: number, minute: number): boolean =>
  world.shoppers.assurance[i] >= assuranceLevel.realName && mayReadAccount(world, i, minute);

/** Whether fraud rules may use where a shopper's device is; counted as a use by the issuer of the product. */
export function readsLocation(world: World, i: number, p: number, minute: number): boolean {
  if (!holds(world.shoppers.identities, locationAt(i), minute)) return false;
  use(world, locations, p, attributesShown.location);
  return true;
}

/** How many attributes of the other side's customers a platform (0 JD, 1 Ant) keeps: what would leak from its store. */
export function attributesHeld({ shoppers, links }: World, reader: number): number {
  let held = links ? links.records[1 - reader] * fieldsExchanged : 0;
  for (let i = 0; i < shoppers.count; i++) {
    const bits = shoppers.shown[i] >> 4 * reader;
    held += (bits & shown.pseudonym ? attributesShown.pseudonym : 0) +
      (bits & shown.realName ? attributesShown.realName : 0) +
      (bits & shown.secondFactor ? attributesShown.secondFactor : 0) +
      (bits & shown.account ? attributesShown.account : 0);
  }
  return held;
}

/** Counts that a shopper was recognised across platforms, and how many attributes were shown for it. */
export function countRecognised(world: World, p: number, attributes: number): void {
  use(world, recognising, p, attributes);
}

/** Every use of personal data is recorded: which kind, by whom, how many attributes. */
function use({ counts }: World, kind: number, p: number, attributes: number): void {
  counts.uses[kind * lineCount + p]++;
  counts.attributes += attributes;
}
