// The two platforms' customer files, and who is taken for whom: made once, where the policy compares records.

import { drawPeople } from "#/model/identity/linkage/identifiers.ts";
import { link } from "#/model/identity/linkage/link.ts";
import { clerk, type LinkageQuality, measure } from "#/model/identity/linkage/measure.ts";
import { copyRecords, type RecordTerms } from "#/model/identity/linkage/records.ts";
import { unit } from "#/model/statistics/philox.ts";
import { lineCount } from "#/sim/tables/lines.ts";
import { draw, process, type Streams } from "#/sim/streams.ts";
import type { Scenario } from "#/scenarios/schema.ts";

/** Whom each issuer takes each of its customers for on the other side. */
export interface Links {
  /** Entry person · products + product: the person whose other line the issuer of the product sees; −1 for none. */
  to: Int32Array;
  quality: LinkageQuality;
  /** How many records each side handed over: JD, Ant. */
  records: number[];
  reviewed: number;
  /** The share of links that the fitted model expects to be false. */
  expectedFalseShare: number;
  /** What comparing cost, whole fen. */
  costFen: number;
}

/** Fields of a record that each side hands over when files are compared. */
export const fieldsExchanged = 6;

/**
 * Compares the two files. Who holds a line is a customer of its issuer; others are with the stated shares.
 *
 * Units: the result's `to` is symmetric: who is taken for whom by one issuer is taken back by the other.
 */
export function linkRecords(
  { count, entity0, firstLines }: { count: number; entity0: number; firstLines: Uint8Array },
  streams: Streams,
  { linkage, costs }: Scenario["identity"],
): Links {
  const { block } = streams;
  // Uniforms of one purpose of a person; asked for in rising order, so that a block of four serves four lanes.
  const luckOf = (purpose: number) => {
    let person = -1, drawn = -1;
    return (i: number, lane: number) => {
      if (i !== person || lane >> 2 !== drawn) {
        draw(streams, process.record, entity0 + i, purpose, lane >> 2);
        person = i;
        drawn = lane >> 2;
      }
      return unit(block[lane & 3]);
    };
  };
  const people = drawPeople(count, {
    terms: {
      namesakesPerPerson: linkage.namesakesPerThousandPeople / 1_000,
      districtNamesakesPerPerson: linkage.districtNamesakesPerThousandPeople / 1_000,
      familyPhoneBps: linkage.familyPhoneBps,
      familySurnameBps: linkage.familySurnameBps,
      recycledBps: linkage.recycledPhoneBps,
    },
    luck: luckOf(recordLuck.person),
  });
  const faults = { missingBps: linkage.missingBps, wrongBps: linkage.wrongBps };
  const terms: RecordTerms = {
    surname: faults,
    givenName: faults,
    birthDay: faults,
    sex: faults,
    phone: { ...faults, staleBps: linkage.stalePhoneBps },
    district: { ...faults, staleBps: linkage.staleDistrictBps },
  };
  const customers = luckOf(recordLuck.customer);
  const everybody = Array.from({ length: count }, (_, i) => i);
  const [jd, ant] = [
    { purpose: recordLuck.jd, lane: 0, bps: linkage.jdCustomersBps },
    { purpose: recordLuck.ant, lane: 1, bps: linkage.antCustomersBps },
  ].map(({ purpose, lane, bps }) => {
    const holders = everybody.filter((i) => firstLines[i] >> lane & 1 || customers(i, lane) < bps / 10_000);
    return copyRecords(people, { holders, terms, luck: luckOf(purpose) });
  });
  const reviewer = clerk(jd, ant, {
    accuracyBps: linkage.reviewerRightBps,
    luck: (i, j) => {
      draw(streams, process.record, entity0 + jd.person[i], recordLuck.clerk, ant.person[j]);
      return unit(block[0]);
    },
  });
  const { linkOf, reviewed, expectedFalseShare } = link(jd, ant, {
    falseLinkTargetBps: linkage.falseLinkTargetBps,
    missedLinkTargetBps: linkage.missedLinkTargetBps,
    reviewer,
  });
  const to = new Int32Array(count * lineCount).fill(-1);
  for (let record = 0; record < jd.count; record++) {
    if (linkOf[record] < 0) continue;
    const one = jd.person[record], other = ant.person[linkOf[record]];
    to[one * lineCount] = other;
    to[other * lineCount + 1] = one;
  }
  const costFen = (jd.count + ant.count) * costs.compareFen + reviewed * costs.clericalFen;
  return {
    to,
    records: [jd.count, ant.count],
    quality: measure(linkOf, jd, ant),
    reviewed,
    expectedFalseShare,
    costFen,
  };
}

/** Purposes of the luck of records, as occasions in the streams. */
const recordLuck = { person: 0, jd: 1, ant: 2, clerk: 3, customer: 4 } as const;
