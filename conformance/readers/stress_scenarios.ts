// wb/stress_scenarios.json: figures that follow from supervisors' tables, and printed paths against the project's library.

import {
  compoundedPct,
  pathFigures,
  publishedPath,
  publishedStress,
  type SupervisoryQuarter,
} from "#/scenarios/published_stress.ts";
import { type CaseResult, examine, lacking, leftOut, near, type Reader, unread } from "../case.ts";

type Printed = Record<string, unknown>;
type Beside = Parameters<Reader>[1];

/** Where each year's tables lie beside the sets: history, severely adverse path. */
const tables: Record<string, [string, string]> = {
  "2025": [
    "../data/fed/2025-Table_1A_Historic_Domestic.csv",
    "../data/fed/2025-Table_3A_Supervisory_Severely_Adverse_Domestic.csv",
  ],
  "2026-proposed": [
    "../data/fed/2026_Proposed_Historic_Domestic.csv",
    "../data/fed/2026_Proposed_Supervisory_Severely_Adverse_Domestic.csv",
  ],
};

/** Reads a case for each year of figures, each printed path and each printed test. */
export function stressScenarioCases(text: string, beside?: Beside): CaseResult[] {
  return Object.entries(JSON.parse(text) as Record<string, unknown>).flatMap(
    ([part, content]): CaseResult[] => {
      switch (part) {
        case "fed_derived":
          return Object.entries((content as { values: Record<string, Printed> }).values).map((
            [year, given],
          ) => derived(year, given, beside));
        case "fed_ccar2012_stress":
          return [
            ...rest("Fed CCAR 2012", content as Printed, ["quarters", "real_gdp_qoq_saar", "unemployment"]),
            examine("Fed CCAR 2012", () => {
              const own = publishedPath("fed-ccar-2012-stress"), given = content as Printed;
              same(own.unemploymentPct, given.unemployment, "unemployment");
              same(own.realGdpPct, given.real_gdp_qoq_saar, "growth");
              const quarters = given.quarters as string[];
              same([quarters.length], [own.unemploymentPct!.length], "the number of quarters");
              if (quarters[0] !== own.from.replace(" ", "")) {
                throw new RangeError(`begins in ${quarters[0]}, not ${own.from}`);
              }
            }),
          ];
        case "eba":
          return (content as Printed[]).flatMap((given) => [
            european(given),
            ...rest(`EBA ${given.year}`, given, europeanFigures),
          ]);
        case "boe":
          return (content as Printed[]).flatMap((given) => [
            british(given),
            ...rest(`Bank of England ${given.name}`, given, britishFigures),
          ]);
        case "pboc":
          return (content as Printed[]).flatMap((given) => [
            chinese(given),
            ...rest(`PBoC ${given.report}`, given, ["car", "big30_car"]),
            ...Object.entries({
              macro_scenarios: ["npl_start", "npl_paths", "car_start", "car_2027", "horizon"],
              sensitivity: ["all_car", "all_drop_pp"],
            }).flatMap(([part, compared]) =>
              rest(`PBoC ${given.report} ${part}`, (given[part] ?? {}) as Printed, compared)
            ),
          ]);
        case "pboc_template":
          return [examine("PBoC ladder", () => {
            const said = (content as { note: string }).note.match(/multiplied by ([\d, ]+)/)?.[1] ?? "";
            const multiples = said.split(",").map(Number).filter((multiple) => multiple > 0);
            same(
              publishedStress().ladders.find(({ name }) => name === "pboc-bad-loans")!.multiples,
              multiples,
              "multiples",
            );
          })];
        case "split":
          return [];
        default:
          return typeof content === "string" ? [] : [unread(part, `part "${part}"`)];
      }
    },
  );
}

const europeanFigures = [
  ...["year", "horizon", "adverse_gdp_EU", "adverse_gdp_EU_cum", "baseline_gdp_EU", "gdp_deviation_end_pp"],
  ...["gdp_deviation_pp", "adverse_unemp_EU", "greece"],
];
const britishFigures = ["gdp", "gdp_first_year", "world_gdp", "house_prices", "unemp", "unemp_peak"];

/** Says which printed figures of an entry are compared with nothing; lists and figures within another part are that part's. */
function rest(name: string, given: Printed, compared: readonly string[]): CaseResult[] {
  const left = Object.entries(given).filter(([key, value]) =>
    !compared.includes(key) &&
    (typeof value === "number" || Array.isArray(value) && value.some(Number.isFinite))
  ).map(([key]) => key);
  const reason = "nothing in the project follows from these printed figures";
  return left.length === 0 ? [] : [leftOut(`${name}: ${left.join(", ")}`, reason)];
}

function derived(year: string, given: Printed, beside: Beside): CaseResult {
  const name = `Fed ${year}`, paths = tables[year];
  if (!paths) return unread(name, `the tables of ${year}`);
  const [history, path] = paths.map((at) => beside?.(at));
  if (history === undefined || path === undefined) return lacking(name, `file ${paths.join(" or ")}`);
  return examine(name, () => {
    const rows = quartersOf(path), eve = quartersOf(history).at(-1)!, own = pathFigures(eve, rows);
    if (eve.quarter !== given.t0) throw new RangeError(`the eve is ${eve.quarter}, expected ${given.t0}`);
    if (own.gdpTroughQuarter !== given.real_gdp_trough_q) {
      throw new RangeError(`the trough is in ${own.gdpTroughQuarter}, expected ${given.real_gdp_trough_q}`);
    }
    same([rows.length], [given.quarters], "the number of quarters");
    // Printed with one or two digits.
    for (
      const [key, value] of Object.entries({
        real_gdp_trough_pct: own.gdpTroughPct,
        unemp_t0: own.unemploymentStartPct,
        unemp_peak: own.unemploymentPeakPct,
        unemp_rise: own.unemploymentRisePct,
        hpi_drop: own.housePriceFallPct,
        cre_drop: own.commercialPriceFallPct,
        equity_drop: own.equityFallPct,
        vix_peak: own.volatilityPeak,
        bbb_spread_peak: own.bondSpreadPeakPct,
      })
    ) within(value, given[key] as number, 0.0051, key);
  });
}

/** The quarters of a domestic table; lines may end in CR LF. */
function quartersOf(text: string): SupervisoryQuarter[] {
  const [head, ...lines] = text.split(/\r?\n/).filter((line) => line !== "").map((line) => line.split(","));
  const column = (start: string) => {
    const at = head.findIndex((name) => name.startsWith(start));
    if (at < 0) throw new RangeError(`no column "${start}"`);
    return at;
  };
  const at = {
    date: column("Date"),
    gdp: column("Real GDP"),
    jobs: column("Unemployment"),
    houses: column("House Price"),
    offices: column("Commercial Real"),
    shares: column("Dow Jones"),
    vix: column("Market Volatility"),
    bbb: column("BBB"),
    ten: column("10-year"),
  };
  return lines.map((cells) => ({
    quarter: cells[at.date],
    realGdpPct: Number(cells[at.gdp]),
    unemploymentPct: Number(cells[at.jobs]),
    housePrices: Number(cells[at.houses]),
    commercialPrices: Number(cells[at.offices]),
    equities: Number(cells[at.shares]),
    volatility: Number(cells[at.vix]),
    bondSpreadPct: Number(cells[at.bbb]) - Number(cells[at.ten]),
  }));
}

/** Printed yearly growth must compound to the printed sum, and depart from the baseline as printed. */
function european(given: Printed): CaseResult {
  return examine(`EBA ${given.year}`, () => {
    const adverse = given.adverse_gdp_EU as number[] | undefined,
      base = given.baseline_gdp_EU as number[] | undefined;
    const library = publishedStress().paths.find(({ name }) => name === `eba-${given.year}-adverse`);
    if (adverse) {
      same(library?.realGdpPct, adverse, "growth");
      // Each of three years is rounded to a tenth.
      within(
        compoundedPct(adverse, "year"),
        given.adverse_gdp_EU_cum as number,
        0.15,
        "growth over all years",
      );
    }
    if (base && adverse) {
      same(library?.baselineGdpPct, base, "growth of the baseline");
      const gap = (1 + compoundedPct(base, "year") / 100) / 1.0 - (1 + compoundedPct(adverse, "year") / 100);
      const printed = (given.gdp_deviation_end_pp ?? given.gdp_deviation_pp) as number;
      // The deviation is told in points of the baseline's level or of the start's: one of the two is what was printed.
      const points = gap * 100, ofBaseline = points / (1 + compoundedPct(base, "year") / 100);
      if (Math.min(Math.abs(points - printed), Math.abs(ofBaseline - printed)) > 0.5) {
        throw new RangeError(
          `the deviation is ${points} points or ${ofBaseline} % of the baseline, expected ${printed}`,
        );
      }
    }
    const years = (given.horizon as number[] | undefined)?.length ?? 3;
    for (const key of ["adverse_gdp_EU", "baseline_gdp_EU", "adverse_unemp_EU"]) {
      if (given[key]) same([(given[key] as number[]).length], [years], `the years of ${key}`);
    }
    if (given.adverse_unemp_EU) same(library?.unemploymentPct, given.adverse_unemp_EU, "unemployment");
    const greece = given.greece as Record<string, number[]> | undefined;
    for (const [key, path] of Object.entries(greece ?? {})) {
      same([path.length], [years], `the years of ${key}`);
    }
  });
}

/** Each printed scenario of the Bank of England has falling output and house prices and a peak of unemployment. */
function british(given: Printed): CaseResult {
  return examine(`Bank of England ${given.name}`, () => {
    const falls = [given.gdp ?? given.gdp_first_year, given.world_gdp, given.house_prices] as number[];
    if (!falls.every((value) => value < 0 && value > -100)) throw new RangeError(`falls are ${falls}`);
    const jobs = (given.unemp ?? given.unemp_peak) as number;
    if (!(jobs > 0 && jobs < 100)) throw new RangeError(`unemployment is ${jobs}`);
  });
}

/** The capital ratio falls along each printed ladder by what is printed; a shock of +400 % is five times the level. */
function chinese(given: Printed): CaseResult {
  return examine(`PBoC ${given.report}`, () => {
    const sensitivity = given.sensitivity as Record<string, unknown> | undefined;
    if (sensitivity) {
      const rises = [...String(sensitivity.shock).matchAll(/\+(\d+)%/g)].map(([, pct]) =>
        1 + Number(pct) / 100
      );
      same(
        publishedStress().ladders.find(({ name }) => name === "pboc-bad-loans")!.multiples,
        rises,
        "multiples",
      );
      const car = sensitivity.all_car as number[], drops = sensitivity.all_drop_pp as number[];
      car.forEach((ratio, i) =>
        within((given.car as number) - ratio, drops[i], 0.01 + 1e-9, `the fall at step ${i}`)
      );
    }
    const ladder = /\+(\d+)% NPL: ([\d.]+) -> ([\d.]+)/.exec(String(given.shock ?? ""));
    if (ladder) {
      const [, pct, from, to] = ladder.map(Number);
      within(from * (1 + pct / 100), to, 0.1 + 1e-9, "the level after the shock");
    }
    for (const key of ["car", "big30_car"]) {
      const path = given[key];
      if (Array.isArray(path) && !(path[1] < path[0])) throw new RangeError(`${key} does not fall: ${path}`);
    }
    const macro = given.macro_scenarios as
      | {
        npl_start: number;
        npl_paths: Record<string, number[]>;
        horizon?: number[];
        car_start?: number;
        car_2027?: Record<string, number>;
      }
      | undefined;
    for (const [name, path] of Object.entries(macro?.npl_paths ?? {})) {
      if (!path.every((ratio, i) => ratio > (i === 0 ? macro!.npl_start : path[i - 1]))) {
        throw new RangeError(`the ${name} path of bad loans does not rise: ${path}`);
      }
      if (macro!.horizon) same([path.length], [macro!.horizon.length], `the years of the ${name} path`);
    }
    // The more bad loans a path ends with, the lower the capital ratio that it leaves.
    const ends = Object.entries(macro?.car_2027 ?? {}).map((
      [name, ratio],
    ) => [macro!.npl_paths[name].at(-1)!, ratio]);
    ends.sort(([a], [b]) => a - b).forEach(([, ratio], i) => {
      const before = i === 0 ? macro!.car_start ?? Infinity : ends[i - 1][1];
      if (!(ratio < before)) {
        throw new RangeError(`a worse path leaves a capital ratio of ${ratio}, not below ${before}`);
      }
    });
  });
}

function within(own: number, expected: number, tolerance: number, what: string): void {
  if (typeof expected !== "number" || !(Math.abs(own - expected) <= tolerance)) {
    throw new RangeError(`${what} is ${own}, expected ${expected} within ${tolerance}`);
  }
}

function same(own: readonly number[] | undefined, expected: unknown, what: string): void {
  const given = expected as number[];
  if (own?.length !== given?.length) {
    throw new RangeError(`${what}: ${own?.length} values, expected ${given?.length}`);
  }
  given.forEach((value, i) => near(own![i], value, { tolerance: 1e-12, what: `${what} ${i}` }));
}
