// Every parameter must be able to move a result: a switch that moves nothing is a defect, or stands below with its reason.

import assert from "node:assert/strict";
import { networks, products } from "#/model/names.ts";
import { faults } from "#/scenarios/checks.ts";
import { type Scenario, scenarioSchema, type Supposition } from "#/scenarios/schema.ts";
import { followed, scenarioShape, type Shape, stepDown } from "#/scenarios/shape.ts";
import { differenceFrom } from "#/sim/testing/first_difference.ts";
import { bookOf, small } from "#/sim/testing/worlds.ts";
import { run } from "./run.ts";

type Leaf = number | string | boolean;
type Node = Leaf | Node[] | { [key: string]: Node };

/** Where the same setting is needed in the history, so that its traces are there on day 0. */
const always = (...settings: string[]) => settings.flatMap((one) => [one, `world.history.set.${one}`]);

/** A world in which every mechanism has something to do: all cells open, money short, people in trouble, thieves about. */
const busySettings = [
  ...always(
    "population.baitiaoUsersBps=5000",
    "behaviour.hardshipPerYearBps=4000",
    "adoption.leavePerMonthBps=3000",
    "credit.huabei.instalmentAprBps=2600",
    "credit.baitiao.instalmentAprBps=2600",
    "credit.huabei.chargeOffDpd=60",
    "credit.baitiao.chargeOffDpd=60",
    // Cases enough to want more places than there are, and to be reported, sued and sold.
    ...[["baitiao", 2, 3, 6], ["huabei", 8, 12, 40]].flatMap(([product, call, agency, law]) => [
      `collections.${product}.callFromDpd=${call}`,
      `collections.${product}.agencyFromDpd=${agency}`,
      `collections.${product}.lawFromDpd=${law}`,
      `collections.${product}.reportFromDpd=8`,
    ]),
    "collections.baitiao.callsPerDay=600000",
    "collections.huabei.callsPerDay=600000",
    "collections.baitiao.agencyCasesPerMonth=40000000",
    "collections.baitiao.lawCasesPerMonth=400000000",
    "collections.huabei.agencyCasesPerMonth=4000000",
    "collections.huabei.lawCasesPerMonth=4000000",
    "collections.reminderSentBps=8000",
    "collections.claimsSoldBps=3000",
    "collections.recoveredPerMonthBps=2000",
    "bureau.active=true",
  ),
  ...products.flatMap((product) =>
    networks.filter((network) => network !== (product === "baitiao" ? "jd-mall" : "alipay")).map((network) =>
      `acceptance.${product}.${network}.mode=bridged`
    )
  ),
  ...products.map((product) => `acceptance.${product}.union-card.steps=2`),
  "acceptance.baitiao.wechat-pay.steps=4",
  "acceptance.baitiao.alipay.steps=4",
  "acceptance.baitiao.alipay.placement=hidden",
  "acceptance.baitiao.wechat-pay.placement=hidden",
  "merchants.flashPayBps=4000",
  "merchants.alipayBps=4000",
  "merchants.wechatBps=4000",
  "merchants.unionCardBps=3000",
  "population.incomeMedianCny=1500",
  "demand.abandonPerStepBps=600",
  "demand.categories.dining.jdMallShareBps=500",
  "identity.deviceOnlyCapCny=60",
  "identity.realNameCapCny=600",
  "identity.unlinkedCapCny=60",
  ...always(
    "fraud.syntheticIdentity.inventedPpm=100000",
    "fraud.syntheticIdentity.seasonedDays=20",
    ...["stolenAccount", "syntheticIdentity", "friendlyFraud", "cashOut", "bustOut", "deviceRing", "kiting"]
      .map((name) => `fraud.perYearPpm.${name}=600000`),
    "merchants.complicitBps=2000",
  ),
  "fraud.stolenAccount.attempts=6",
  "fraud.travelBps=500",
  "fraud.newDeviceBps=500",
  "fraud.cash.seenBps=8000",
  "fraud.merchantRiskMaxBps=60",
  "fraud.accountsOnDeviceMax=1",
  "fraud.amountFactorBps=20000",
  "fraud.amountFloorCny=100",
  "fraud.liability.rule=cardScheme",
  "fraud.challengeFromPoints=30",
  "identity.consents.givePerMonthBps=1500",
  "identity.consents.withdrawPerMonthBps=1500",
  "identity.credentials.lostPerYearPpm=600000",
  "identity.credentials.statusMaxAgeMinutes=1500",
  "identity.sharedLedger.outagesPerYear=300",
  "identity.sharedLedger.outageMeanMinutes=600",
  "identity.review.askBps=3000",
  "identity.review.explainBps=3000",
  "fraud.velocityMaxInWindow=2",
  "fraud.velocityWindowMinutes=600",
  "scoring.cutoffPoints=470",
  "adoption.applyPerMonthBps=1000",
  "adoption.perMissBps=500",
  "adoption.friendsBps=1000",
  "adoption.returnPerMonthBps=3000",
  "collections.forgets.messageFactorBps=14000",
  "collections.cannot.messageFactorBps=14000",
  "credit.huabei.instalmentFromCny=200",
  "clearing.issuerNetDebitCapCny=3000000000",
  "clearing.bankNetDebitCapCny=10000000000",
  "clearing.prefundingCny=1000000000",
  "clearing.otherPrefundingCny=200000000",
  "clearing.netDebitCap={rule: flows, shareBps: 9000}",
  ...["repayments", "payouts", "refunds", "chargebacks", "lossShares"].map((flow) =>
    `clearing.flows.${flow}=rtgs`
  ),
  "clearing.collateral={pledgedCny: 300000000, creditPricePpm: 100}",
  "clearing.lateTariff.chargePpm=100",
  "clearing.withholding={jd: {policy: untilIncoming}, ant: {policy: untilIncoming}}",
  "acceptance.huabei.union-card.rail=card",
  ...["dns", "rtgs", "card"].map((rail) => `clearing.rails.${rail}.failurePpm=20000`),
  "acceptance.huabei.jd-mall.failover=true",
  "cobrand={active: true, pick: cheapest, routing: cheapest, rails: [card, rtgs], uptakePerMonthBps: 9000}",
  "cobrand={firstChoiceBps: 6000, failurePpm: 20000, requiredAssurance: 1, steps: 2}",
  "cobrand.accepts={jd-mall: true, jd-flash-pay: true, alipay: true, wechat-pay: true, union-card: true}",
  "funding.jd.bankLine.commitmentCny=120000000000",
  "funding.ant.bankLine.commitmentCny=200000000000",
  "clearing.transfers.lateSeconds=90",
  ...["lost", "duplicated", "reordered", "late", "fails"].map((it) => `clearing.transfers.${it}Ppm=20000`),
  "clearing.outages.platformPerYear=2",
  "clearing.outages.bankPerYear=12",
  "clearing.reconciliation.breakPpm=50000",
  "clearing.reconciliation.perFailedCasePpm=20000",
  "clearing.reconciliation.aboveLimitPpm=100000",
  ...[
    "active=true",
    "buyersBps=6000",
    "wantsBps=3000",
    "quoteValidMinutes=1",
    "region.perPurchaseCapCny=400",
    "region.perYearCapCny=1000",
    "region.costCapBps=2500",
  ].map((it) => `crossBorder.${it}`),
  "project.equityCommitmentCny=200000000",
  "rulebook.allInCostCapFrom=2019-07-10",
  ...products.map((product) =>
    `credit.${product}.licences=[{ from: "2011-01-01", licence: micro-lender }, ` +
    `{ from: "2019-07-14", licence: payment-institution }]`
  ),
  "sharing={ rule: layered, attachmentBps: 5, detachmentBps: 60, originatorFloorBps: 2000 }",
  "jointLosses.originatorCapBps=300",
  "jointLosses.partnerCapBps=20",
  "jointLosses.trueUp=monthly",
  "jointLosses.remainder=marketShare",
  "jointLosses.lossResponseBps=6000",
  "jointLosses.fund.contributionBps=100",
  "jointLosses.fund.upFrontCny=50000000",
  "jointLosses.fund.targetBps=50",
  "jointLosses.fund.capBps=100",
  "credit.jointLimit=split",
  "shocks=[" + [
    "{ event: unemployment-jump, fromDay: 2, untilDay: 30, plusBps: 400 }",
    "{ event: rail-outage, fromDay: 6, untilDay: 12, rail: rtgs }",
    "{ event: line-withdrawn, fromDay: 12, untilDay: 16, issuer: ant, shareBps: 9000 }",
    "{ event: spread-jump, fromDay: 4, untilDay: 25, plusBps: 300 }",
    "{ event: data-breach, fromDay: 9, untilDay: 11, issuer: ant, withdrawBps: 2000 }",
    "{ event: replica-outage, fromDay: 14, untilDay: 18, replicas: 3 }",
    ...networks.map((network) =>
      `{ event: adapter-upgrade, fromDay: 20, untilDay: 24, network: ${network}, version: 2 }`
    ),
    "{ event: participant-outage, fromDay: 3, untilDay: 6, participant: bank-1, fromMinute: 700, untilMinute: 1000 }",
    "{ event: message-faults, fromDay: 13, untilDay: 18, fault: late, plusPpm: 20000 }",
    "{ event: clocks-apart, fromDay: 24, untilDay: 30, participant: ant, aheadSeconds: -900 }",
    "{ event: failure-after-prepare, fromDay: 24, untilDay: 30, participant: jd, plusPpm: 50000 }",
  ].join(", ") + "]",
];

/** What moves nothing, and why that is right. A parameter that begins to move must leave this list. */
const still: [RegExp, string][] = [
  [/^title$|^expected\b/, "said of a scenario, not supposed by it"],
  [/^world\.calibration$/, "chooses the table of targets that stands beside the results"],
  [/^world\.history\.(scenario|set\b)/, "names the history; its effects are those of its parameters"],
  [
    /^acceptance\.(baitiao\.jd-mall|huabei\.alipay)\.(bridgeFeeBps|acquirerFeeBps|adapterVersion|failurePpm|failover)$/,
    "a native cell needs no bridge, pays no other acquirer and has no adapter",
  ],
  [
    /^acceptance\.(\w+\.jd-flash-pay|baitiao\.union-card)\.failover$/,
    "a cell whose rail is the existing channel has nothing to fall back to",
  ],
  [/^clearing\.rails\.dns\.opensMinute$/, "what comes before it waits for the first window all the same"],
  [
    /^acceptance\.baitiao\.jd-flash-pay\.acquirerFeeBps$/,
    "lender and acquirer are one group: it pays itself nothing",
  ],
  [
    /^shocks\.([124-9]|1[0-4])\.event$/,
    "another event has other terms; each has its test in phases/open_test.ts",
  ],
  [/^credit\.\w+\.licences\.0\.from$/, "before the first licence the first one holds"],
  [/^credit\.baitiao\.(statementDayOfMonth|dueDayOfMonth)$/, "Baitiao is due purchase by purchase"],
  [/^credit\.huabei\.dueDays$/, "Huabei has statements"],
  [
    /^provisions\.lossGivenDefaultBps$/,
    "the share lost is measured, unless rates are stated; phases/provide_test.ts states them",
  ],
  [
    /^clearing\.reconciliation\.aboveLimitPpm$/,
    "the baskets of the poor are below every platform's limit; phases/match_test.ts has dearer ones",
  ],
  [
    /^jointLosses\.periodMonths$/,
    "few joint losses come in the second month of so short a run; phases/share_rules_test.ts has more",
  ],
  [/^identity\.credentials\.sampledProofsPpm$/, "how often documents are held against columns that decide"],
];

const leavesOf = (node: Node, path = ""): [string, Leaf][] =>
  typeof node !== "object"
    ? [[path, node]]
    : Object.entries(node).flatMap(([key, below]) => leavesOf(below, path ? `${path}.${key}` : key));

/** The scenario with other values at some paths. */
function changed(scenario: Scenario, values: Record<string, Node>): Scenario {
  const copy = structuredClone(scenario);
  for (const [path, value] of Object.entries(values)) {
    const steps = path.split("."), last = steps.pop()!;
    // deno-lint-ignore no-explicit-any
    steps.reduce((node: any, step) => node[step], copy)[last] = value;
  }
  return copy;
}

function shapeOf(path: string): Shape {
  let shape: Shape | undefined = scenarioShape();
  for (const step of path.split(".")) shape = shape && stepDown(shape, step);
  return followed(shape ?? {});
}

/** Other values of a parameter, the most telling first; some need a companion so that a sum stays what it must be. */
function* others(path: string, value: Leaf, scenario: Scenario): Generator<Record<string, Node>> {
  if (path === "sharing.rule") return yield { sharing: { rule: "originator" } };
  if (typeof value === "boolean") return yield { [path]: !value };
  if (typeof value === "string") {
    for (const other of shapeOf(path).enum ?? []) if (other !== value) yield { [path]: other };
    if (/^\d{4}-/.test(value)) yield { [path]: "2019-07-20" };
    return;
  }
  const list = /^(.*(?:categories|capexCurveBps))\.(\w+)((?:\.weightBps)?)$/.exec(path);
  if (list && (list[3] || list[1].endsWith("Bps"))) {
    const there = list[3] ? (list[2] === "other" ? "apparel" : "other") : (list[2] === "0" ? "1" : "0");
    const companion = `${list[1]}.${there}${list[3]}`;
    const now = leavesOf(scenario as unknown as Node).find(([at]) => at === companion)![1] as number;
    for (const part of [400, 100, -400]) yield { [path]: value + part, [companion]: now - part };
    return;
  }
  const { minimum = -Infinity, maximum = Infinity } = shapeOf(path);
  for (
    const wished of [
      value * 2 + 1,
      value * 0.4,
      value * 10 + 100,
      value * 100,
      value * 0.05,
      value + 30,
      0,
      900,
    ]
  ) {
    const within = Math.max(minimum, Math.min(maximum, Math.round(wished)));
    if (within !== value) yield { [path]: within };
  }
}

/** The parameters among `paths` of which no other value moves the hash. */
function unmoved(base: Supposition, paths: [string, Leaf][], { most = Infinity } = {}): string[] {
  const differs = differenceFrom(base, { openingBook: bookOf(base) });
  const moves = ([path, value]: [string, Leaf]) => {
    let tried = 0;
    for (const values of others(path, value, base.scenario)) {
      if (tried++ === most) break;
      const parsed = scenarioSchema.safeParse(changed(base.scenario, values));
      if (parsed.success && faults(parsed.data).length === 0 && differs({ ...base, scenario: parsed.data })) {
        return true;
      }
    }
    return false;
  };
  return paths.filter((leaf) => !moves(leaf)).map(([path]) => path);
}

const busy = small("interop", { shoppers: 500, days: 34, set: busySettings });
const leaves = leavesOf(busy.scenario as unknown as Node);
/** Later quarters and months need a longer run, and histories a book of their own. */
const isLate = (path: string) =>
  /^macro\.\w+\.[1-9]$|^macro\.severityBps$|^project\.capexCurveBps\.[2-9]$/.test(path);
const isOfLinkage = (path: string) => /^identity\.(linkage\.|costs\.(compare|clerical)Fen$)/.test(path);
/** What follows weeks after a purchase of nothing. */
const isSlow = (path: string) => path === "fraud.cash.missFactorBps";
/** What acts only where scores are fitted. */
const isOfCard = (path: string) =>
  /^scoring\.(card$|training\.|featureNoiseBps\.|personalFeatures$|federatedNoisePoints$|ageProneBps$)/.test(
    path,
  );
/** What acts only where rules bind or money is short: phases/look_ahead_test.ts has them all. */
const isOfTreasury = (path: string) => /^(rulebook\.(rules|partnerBanks)|treasury)\./.test(path);
/** What acts only where its source is used: see funding_parameters_test.ts. */
const isOfSource = (path: string) =>
  path === "clearing.flows.abs" ||
  /^funding\.\w+\.\w+\./.test(path) && !/\.bankLine\.(active|commitmentCny|spreadBps)$/.test(path);
const isOfBook = (path: string) => /^seed$|^world\.|^credit\.\w+\.schedule$/.test(path);
const expectedStill = (path: string) => still.some(([which]) => which.test(path));

Deno.test("every parameter of a scenario that is read on the way moves a result, but for those listed with a reason", () => {
  const present = leaves.filter(([path]) =>
    !isLate(path) && !isOfBook(path) && !isOfLinkage(path) && !isSlow(path) && !isOfCard(path) &&
    !isOfTreasury(path) && !isOfSource(path)
  );
  assert.ok(present.length > 300);
  const [quiet, live] = [true, false].map((is) => present.filter(([path]) => expectedStill(path) === is));
  assert.deepEqual(
    unmoved(busy, quiet, { most: 2 }),
    quiet.map(([path]) => path),
    "these move something after all",
  );
  // Most acts within days. What few people do may not happen among 500; longer runs and larger towns settle it.
  let rare = live;
  for (const [shoppers, days, most] of [[500, 8, 2], [500, 34], [1_000, 34], [4_000, 34]]) {
    if (rare.length === 0) break;
    const town = small("interop", { shoppers, days, set: busySettings });
    const stuck = unmoved(town, rare, { most });
    rare = rare.filter(([path]) => stuck.includes(path));
  }
  assert.deepEqual(rare.map(([path]) => path), [], "these move nothing");
});

Deno.test("every parameter of later quarters and months moves a result of a longer run", () => {
  const long = small("interop", { shoppers: 150, days: 290, set: busySettings });
  const late = leaves.filter(([path]) => isLate(path));
  assert.equal(late.length, 3 + 3 + 1 + 4);
  assert.deepEqual(unmoved(long, late), []);
});

Deno.test("every parameter of record linkage moves a result where customer files are compared", () => {
  // Most names and days must coincide for a clerk to have something to look at among so few.
  const files = [
    "namesakesPerThousandPeople=2000",
    "districtNamesakesPerThousandPeople=10",
    "familyPhoneBps=2000",
  ];
  const set = [
    ...busySettings,
    "identity.policy=recordLinkage",
    ...files.map((one) => `identity.linkage.${one}`),
    "identity.linkage.missedLinkTargetBps=20",
  ];
  const compared = small("interop", { shoppers: 1_500, days: 12, set });
  const own = leavesOf(compared.scenario as unknown as Node).filter(([path]) => isOfLinkage(path));
  assert.equal(own.length, 16);
  assert.deepEqual(unmoved(compared, own), []);
});

Deno.test("every parameter of fitted scores moves a result where scores are fitted", () => {
  const short = [
    "scoring.training.observationDays=120",
    "scoring.training.performanceDays=120",
    "scoring.training.leastBads=12",
    // Frauds are left out of the sample, and here nearly everybody would be one.
    ...["syntheticIdentity", "bustOut"].map((name) => `fraud.perYearPpm.${name}=0`),
  ];
  const fitted = small("interop", {
    shoppers: 1_000,
    days: 40,
    set: [
      ...busySettings,
      ...always("scoring.card=fitted", ...short),
      "scoring.fusion=federated",
      "scoring.personalFeatures=true",
    ],
  });
  const own = leavesOf(fitted.scenario as unknown as Node).filter(([path]) => isOfCard(path));
  assert.equal(own.length, 14);
  assert.deepEqual(unmoved(fitted, own), []);
});

Deno.test("what follows weeks after a purchase of nothing moves a result of a longer run", () => {
  const long = small("interop", { shoppers: 3_000, days: 75, set: busySettings });
  assert.deepEqual(unmoved(long, leaves.filter(([path]) => isSlow(path))), []);
});

Deno.test("every parameter of world and history moves a result", () => {
  const size = { shoppers: 200, days: 5 };
  const history = ["world.history.days=60", "world.history.shoppers=200"];
  const hashOf = (set: string[], more = {}) => {
    const supposed = small("interop", { ...size, ...more, set: [...history, ...set] });
    return run(supposed, 0, { openingBook: bookOf(supposed) }).hash;
  };
  const before = hashOf([]);
  const hashes = [
    hashOf([], { seed: "another" }),
    hashOf([], { days: 6 }),
    hashOf([], { shoppers: 400 }),
    hashOf(["world.people=300000000"]),
    hashOf(["world.merchants=300"]),
    hashOf(["world.startDate=2019-07-02", "world.history.set.world.startDate=2019-07-02"]),
    hashOf(["world.history.days=61"]),
    hashOf(["world.history.shoppers=400"]),
    hashOf(["world.history.set.demand.wantsPerThousandDays=800"]),
    hashOf(["world.history.scenario=interop"]),
    // A product keeps the schedule of its history, so both change together.
    ...[["huabei", "per-purchase"], ["baitiao", "statement"]].map(([product, schedule]) =>
      hashOf([
        `credit.${product}.schedule=${schedule}`,
        `world.history.set.credit.${product}.schedule=${schedule}`,
      ])
    ),
  ];
  assert.equal(new Set([before, ...hashes]).size, 1 + hashes.length);
});
