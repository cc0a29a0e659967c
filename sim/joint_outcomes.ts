// What is read of the loans across the bridge: granted, lost, shared, enhanced, and what the guarantee fund did.

import { licenceOn } from "#/model/credit/licence.ts";
import { enhancementFen, enhancementLawOf } from "#/model/sharing/credit_enhancement.ts";
import { isoDate } from "#/model/units/calendar.ts";
import { issuerAt } from "./phases/channel.ts";
import type { Outcome, SharingTable } from "./result.ts";
import type { World } from "./world.ts";

const issuers = ["jd", "ant"] as const;
type Say = (name: string, unit: Outcome["unit"], value: number) => void;
const ratio = (part: number, whole: number) => whole === 0 ? 0 : part / whole;

/** Outcomes of joint loans; money in CNY for everybody. */
export function sayJoint(world: World, say: Say): void {
  const { joint, terms: { factor }, counts } = world;
  const cny = (fen: number) => fen * factor / 100;
  for (const [k, issuer] of issuers.entries()) {
    const p = issuerAt.indexOf(k);
    say(`approvalRateOf.${issuer}`, "share", ratio(counts.approvedBy[p], counts.triedBy[p]));
    say(`approvalRateAcross.${issuer}`, "share", ratio(counts.approvedAcross[p], counts.triedAcross[p]));
    say(`jointCredit.${issuer}`, "CNY", cny(joint.grantedFen[k]));
    say(`jointLoss.${issuer}`, "CNY", cny(joint.lossFen[k]));
    say(`participation.${issuer}`, "CNY", cny(joint.treaties[1 - p].participationFen));
    say(`lossRemainder.${issuer}`, "CNY", cny(joint.remainderFen[k]));
    say(`creditEnhancement.${issuer}`, "CNY", cny(enhancedBy(world, k)));
    say(`unlawfulEnhancement.${issuer}`, "CNY", cny(lawOfEnhancement(world, k).unlawfulFen));
  }
  say("trueUp", "CNY", cny(joint.truedUpFen));
  const { fund } = joint;
  say("guaranteeFund", "CNY", cny(fund.peakFen));
  say("fundPaid", "CNY", cny(fund.drawnFen));
  say("fundShort", "CNY", cny(fund.shortFen));
  say("fundDryDays", "days", fund.dryDays);
}

/** What an issuer has borne beyond its contributions, as lender of its own joint loans and as partner of the other's. */
function enhancedBy({ joint }: World, k: number): number {
  return joint.treaties.reduce((sum, { sharedFen, contributedFen }, p) => {
    const i = issuerAt[p] === k ? 0 : 1;
    return sum + enhancementFen(sharedFen[i], contributedFen[i]);
  }, 0);
}

/** What the law says, on the first day, of an issuer that enhances credit, and what it has borne against the law. */
function lawOfEnhancement(world: World, k: number) {
  const { terms } = world,
    p = issuerAt.indexOf(k),
    licence = licenceOn(terms.startEpoch, terms.products[p].licences);
  const date = isoDate(terms.startEpoch), isGuarantor = terms.jointLosses.guaranteeLicence[issuers[k]];
  const law = enhancementLawOf(date, { licence, isGuarantor }), enhancedFen = enhancedBy(world, k);
  return { licence, date, law, enhancedFen, unlawfulFen: law.status === "unlawful" ? enhancedFen : 0 };
}

/** How losses were shared, in words, and what of it is not lawful here and now: empty where all is. */
export function sharingTable(world: World): SharingTable {
  const { terms: { scenario, sharing, limitRule, jointGranting } } = world;
  const marks = issuers.flatMap((issuer, k) => {
    const { licence, date, law, enhancedFen } = lawOfEnhancement(world, k);
    if (enhancedFen === 0 || law.status === "lawful") return [];
    return [`credit enhancement by ${issuer} (${licence}): ${law.status} on ${date} (${law.source})`];
  });
  return {
    rule: scenario.sharing.rule,
    title: sharing.rule.title,
    granting: limitRule.grantsTogether ? jointGranting.rule.title : "the lender alone",
    marks,
  };
}
