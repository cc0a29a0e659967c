// Identify: is the shopper known well enough, and recognised across platforms where that is needed?

import { attributesShown } from "#/model/identity/consents.ts";
import { neededAssurance } from "#/model/identity/assurance.ts";
import { reason } from "#/model/reasons.ts";
import { mark, shown } from "#/sim/tables/shoppers.ts";
import type { World } from "#/sim/world.ts";
import { acquirerAt } from "./clear.ts";
import { countRecognised, linkRefusal } from "./recognise.ts";
import type { Want } from "./want.ts";

const dayMinutes = 1_440;

/** The reason of refusal, or none. A better proof than the shopper usually gives is asked for in the challenge. */
export function identifyShopper(world: World, want: Want, product: number, network: number): number {
  const { terms, shoppers, today } = world;
  const cell = terms.cells[product][network], i = want.shopper;
  const needed = neededAssurance(want.amountFen, {
    required: cell.requiredAssurance,
    caps: terms.identity.caps,
  });
  const why = linkRefusal(world, i, product, today.day * dayMinutes + want.minute);
  want.needed = needed;
  want.linked = why === reason.none;
  if (shoppers.assurance[i] < needed) return reason.assuranceTooLow;
  if (!cell.bridged) return reason.none;
  if (want.linked) show(world, i, product, { needed, reader: acquirerAt[network] });
  else if (want.amountFen > terms.identity.unlinkedCapFen) return why;
  return reason.none;
}

/** What the shop's platform is shown of a shopper who pays with the other side's line. */
function show(
  world: World,
  i: number,
  p: number,
  { needed, reader }: { needed: number; reader: number },
): void {
  const { shoppers, memory, registry } = world;
  let bits: number = shown.pseudonym, attributes: number = attributesShown.pseudonym;
  if (needed >= 2) {
    bits |= shown.realName;
    attributes += attributesShown.realName;
  }
  if (needed >= 3) {
    bits |= shown.secondFactor;
    attributes += attributesShown.secondFactor;
  }
  // Only the two platforms keep customer files of each other's shoppers; what others are shown is counted, not kept.
  if (reader < 2) shoppers.shown[i] |= bits << 4 * reader;
  if (!(shoppers.marks[i] & mark.enrolled)) {
    shoppers.marks[i] |= mark.enrolled;
    memory.enrolments++;
    if (registry) registry.newIdentifiers++;
  }
  memory.presented++;
  countRecognised(world, p, attributes);
}
