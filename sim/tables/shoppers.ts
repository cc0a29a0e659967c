// People: who they are (drawn once) and what happens to them. An entity is an index; a column a fact.

import { exp, log, pow } from "#/model/units/elementary.ts";
import { lognormalQuantile, normalQuantile } from "#/model/statistics/normal.ts";
import { draw, process, type Streams, uniform } from "#/sim/streams.ts";
import { products } from "#/model/names.ts";
import {
  accountAt,
  allocateIdentities,
  credentialAt,
  locationAt,
  longAgo,
  recogniseAt,
} from "./identities.ts";
import type { Scenario } from "#/scenarios/schema.ts";

/** Classes of spending rate, and of basket size: quantised so that a day needs one table, not one exp a person. */
export const rateClasses = 64;
/** Income is banded for donors' cells and for basket factors. */
export const incomeBands = 64;
/** No day: the value of an empty day column. */
export const never = -32_000;

/** Bits of `flags`; the last is not drawn, but got and lost. */
export const flag = { consent: 1, boundCard: 2, prefersBaitiao: 4, jdMinded: 8, holdsCard: 16 } as const;

/**
 * Bits of `marks`: the person does not exist; is gone and pays nothing; has cashed out and not paid since; is on the list of
 * an issuer; has cash from the other line for the next bill; has
 * presented a credential.
 */
export const mark = {
  invented: 1,
  absconded: 2,
  cashedOut: 4,
  listedByJd: 8,
  listedByAnt: 16,
  coversBaitiao: 32,
  coversHuabei: 64,
  enrolled: 128,
} as const;

/** The columns of people. `entity0` is the number of the first person in the streams. */
export interface Shoppers {
  count: number;
  entity0: number;
  incomeFen: Float64Array;
  tier: Uint8Array;
  bank: Uint8Array;
  rateClass: Uint8Array;
  incomeBand: Uint8Array;
  /** Appetite for credit, 0 to 255. */
  appetite: Uint8Array;
  /** Forgetfulness, 0 to 255. */
  indiscipline: Uint8Array;
  /** Proneness to hardship, in 1/32 of the average; latent, never seen by an issuer. */
  proneness: Uint8Array;
  /** Noise in what each issuer sees, by line, in 1/32 of a standard deviation: two scores know more than one. */
  noise: Int8Array;
  assurance: Uint8Array;
  flags: Uint8Array;
  /** Lines held at the start: bit 0 Baitiao, bit 1 Huabei. */
  firstLines: Uint8Array;
  /** The last day of a hardship. */
  hardshipUntil: Int16Array;
  /** The plot under way by code, 0 for none; the day of its next attempts; how many on each line have been made. */
  plot: Uint8Array;
  plotDay: Int16Array;
  plotDone: Uint8Array;
  /** What has been done, or is known, of a person: bits of `mark`. */
  marks: Uint8Array;
  /** A postponed want: the day on which it comes back, the day and number it came from. */
  waitReturns: Int16Array;
  waitFrom: Int16Array;
  waitNumber: Uint8Array;
  /** Minutes from and until which consents and the credential hold; see `identities.ts`. */
  identities: Int32Array;
  /** What the other side has been shown of a person: bits of `shown`, those of JD first, of Ant from bit 4. */
  shown: Uint8Array;
}

/** What a platform may have been shown of the other's customer, as bits of `shown`. */
export const shown = { pseudonym: 1, realName: 2, secondFactor: 4, account: 8 } as const;

/** Allocates the columns of `count` people. */
export function allocateShoppers(count: number, entity0: number): Shoppers {
  return {
    count,
    entity0,
    incomeFen: new Float64Array(count),
    tier: new Uint8Array(count),
    bank: new Uint8Array(count),
    rateClass: new Uint8Array(count),
    incomeBand: new Uint8Array(count),
    appetite: new Uint8Array(count),
    indiscipline: new Uint8Array(count),
    proneness: new Uint8Array(count),
    noise: new Int8Array(count * products.length),
    assurance: new Uint8Array(count),
    flags: new Uint8Array(count),
    firstLines: new Uint8Array(count),
    hardshipUntil: new Int16Array(count).fill(never),
    plot: new Uint8Array(count),
    plotDay: new Int16Array(count).fill(never),
    plotDone: new Uint8Array(count),
    marks: new Uint8Array(count),
    waitReturns: new Int16Array(count).fill(never),
    waitFrom: new Int16Array(count).fill(never),
    waitNumber: new Uint8Array(count),
    identities: allocateIdentities(count),
    shown: new Uint8Array(count),
  };
}

/** How far apart two places of the country can be, km. */
export const countryKm = 3_000;

/** Draws everybody's attributes: the same people in every scenario of a replication. */
export function fillShoppers(shoppers: Shoppers, streams: Streams, scenario: Scenario): void {
  const { population, clearing, identity: { consents }, behaviour, fraud } = scenario;
  const steepness = behaviour.hardshipIncomeElasticityBps / 10_000;
  const deviceOnly = population.deviceOnlyBps / 10_000;
  const realNameOnly = deviceOnly + population.realNameOnlyBps / 10_000;
  const medianFen = population.incomeMedianCny * 100, sigma = population.incomeSigmaBps / 10_000;
  const huabei = population.huabeiUsersBps / 10_000;
  const both = population.baitiaoUsersBps / 10_000 * population.baitiaoUsersWithHuabeiBps / 10_000;
  const baitiaoGivenHuabei = huabei > 0 ? both / huabei : 0;
  const baitiaoAlone = huabei < 1 ? (population.baitiaoUsersBps / 10_000 - both) / (1 - huabei) : 0;
  const appetiteMean = Math.max(0.001, population.creditAppetiteBps / 10_000);
  const indiscipline = population.indisciplineBps / 10_000;
  for (let i = 0; i < shoppers.count; i++) {
    const entity = shoppers.entity0 + i;
    draw(streams, process.person, entity, 0);
    const uIncome = uniform(streams, 0), uTier = uniform(streams, 1);
    const hasHuabei = uniform(streams, 2) < huabei;
    const hasBaitiao = uniform(streams, 3) < (hasHuabei ? baitiaoGivenHuabei : baitiaoAlone);
    const z = normalQuantile(uIncome);
    shoppers.incomeFen[i] = Math.max(50_000, Math.round(medianFen * exp(sigma * z)));
    shoppers.incomeBand[i] = Math.min(incomeBands - 1, Math.floor(uIncome * incomeBands));
    shoppers.tier[i] = uTier < population.tier1Bps / 10_000
      ? 0
      : uTier < (population.tier1Bps + population.tier2Bps) / 10_000
      ? 1
      : 2;
    shoppers.firstLines[i] = (hasBaitiao ? 1 : 0) | (hasHuabei ? 2 : 0);

    draw(streams, process.person, entity, 1);
    // u^k has mean 1/(k + 1): people differ from no appetite to always.
    shoppers.appetite[i] = Math.round(255 * pow(uniform(streams, 0), (1 - appetiteMean) / appetiteMean));
    shoppers.indiscipline[i] = Math.round(255 * Math.min(1, -log(uniform(streams, 1)) * indiscipline));
    // Poorer people are more prone, by standard deviations of their income; the mean is kept at 1.
    const prone = -log(uniform(streams, 2)) * exp(-steepness * z - steepness * steepness / 2);
    shoppers.proneness[i] = Math.max(1, Math.min(255, Math.round(prone * 32)));
    let flags = uniform(streams, 3) < population.prefersBaitiaoBps / 10_000 ? flag.prefersBaitiao : 0;
    if (hasBaitiao) flags |= flag.jdMinded;

    draw(streams, process.person, entity, 2);
    shoppers.rateClass[i] = Math.floor(uniform(streams, 2) * rateClasses);
    shoppers.bank[i] = Math.floor(uniform(streams, 3) * clearing.banks);

    draw(streams, process.person, entity, 3);
    if (uniform(streams, 0) < consents.recogniseBps / 10_000) flags |= flag.consent;
    const uAssurance = uniform(streams, 1);
    if (uniform(streams, 2) < population.boundCardBps / 10_000) flags |= flag.boundCard;
    // A bound card brings the second factor with it.
    shoppers.assurance[i] = uAssurance < deviceOnly
      ? 1
      : uAssurance < realNameOnly && !(flags & flag.boundCard)
      ? 2
      : 3;
    shoppers.flags[i] = flags;

    draw(streams, process.person, entity, 5);
    // Who agrees, agreed before day 0; account data goes across only with the link.
    const { identities } = shoppers;
    if (flags & flag.consent) {
      identities[recogniseAt(i)] = longAgo;
      if (uniform(streams, 0) < consents.accountBps / 10_000) identities[accountAt(i)] = longAgo;
    }
    if (uniform(streams, 1) < consents.locationBps / 10_000) identities[locationAt(i)] = longAgo;
    // Nobody confirms the name of a person who does not exist: no credential is issued.
    const isInvented = uniform(streams, 2) < fraud.syntheticIdentity.inventedPpm / 1_000_000;
    if (isInvented) shoppers.marks[i] = mark.invented;
    else identities[credentialAt(i)] = longAgo;

    draw(streams, process.person, entity, 4);
    for (let p = 0; p < products.length; p++) {
      const z32 = Math.round(normalQuantile(uniform(streams, p)) * 32);
      shoppers.noise[i * products.length + p] = Math.max(-127, Math.min(127, z32));
    }
  }
}

/** The factor of each class of spending rate: lognormal with mean 1. */
export function rateFactors(sigma: number): Float64Array {
  const raw = Float64Array.from(
    { length: rateClasses },
    (_, k) => lognormalQuantile((k + 0.5) / rateClasses, { median: 1, sigma }),
  );
  const mean = raw.reduce((sum, x) => sum + x, 0) / rateClasses;
  return raw.map((x) => x / mean);
}

/** The factor of each income band on baskets: income to the power of the elasticity, mean 1. */
export function basketFactors(incomeSigma: number, elasticity: number): Float64Array {
  const raw = Float64Array.from(
    { length: incomeBands },
    (_, k) => lognormalQuantile((k + 0.5) / incomeBands, { median: 1, sigma: incomeSigma * elasticity }),
  );
  const mean = raw.reduce((sum, x) => sum + x, 0) / incomeBands;
  return raw.map((x) => x / mean);
}
