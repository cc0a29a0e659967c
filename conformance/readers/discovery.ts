// wb/prim_cart.json with bryant_lempert_2010.csv: scenario discovery, by boxes and by a tree.

import { type Box, type Column, quasiPOfEnds, sampleOf, within } from "#/model/statistics/discovery/box.ts";
import { prim, type PrimObjective } from "#/model/statistics/discovery/prim.ts";
import { growTree, type TreeNode } from "#/model/statistics/discovery/tree.ts";
import { type CaseResult, examine, near, unread, unreadMembers } from "../case.ts";

interface Settings {
  threshold?: number;
  peel_alpha: number;
  paste_alpha: number;
  mass_min: number;
  obj?: PrimObjective;
  threshold_type?: string;
}
type Ends = Record<string, [number, number]>;

/** What a file tells of a box; a step of a search has its number. */
interface Told {
  id?: number;
  coverage: number;
  density: number;
  mass?: number;
  mean?: number;
  n?: number;
  res_dim?: number;
  "res dim"?: number;
  limits?: Ends;
  qp?: Ends;
}

/** The search that a part of the file speaks of: its settings, and whether it is on what a first box left. */
interface Search {
  settings: Settings;
  isSecond: boolean;
  /** Of a second box: the step of the first search that was taken; the last one unless said. */
  first?: number;
  /** The step spoken of, where the part's name says one. */
  step?: number;
}

const table = "wb/bryant_lempert_2010.csv";

/** Reads steps of the search for boxes, limits by chance, leaves of the tree, and a lattice whose box is known. */
export function primCases(text: string, beside?: (path: string) => string | undefined): CaseResult[] {
  const { settings, ...file } = JSON.parse(text) as { settings: Settings } & Record<string, unknown>;
  const csv = beside?.(table), results = [lattice()];
  const parts = Object.entries(file).filter(([key]) => !/^lattice/.test(key));
  if (csv === undefined) {
    return [
      ...results,
      ...parts.filter(([key, part]) => key !== "split" && typeof part === "object")
        .map(([key]): CaseResult => ({ name: key, status: "skipped", reason: `${table} is not there` })),
    ];
  }
  const data = new Data(
    csv,
    parts.flatMap(([key]) => /^box_?(?!2$)(\d+)$/.exec(key)?.slice(1).map(Number) ?? []),
  );
  for (const [key, part] of parts) {
    // A search that cannot be made, such as one without rows of interest, fails its own part only.
    try {
      results.push(...read(key, part, { settings, isSecond: false }, data));
    } catch (error) {
      results.push(examine(key, () => {
        throw error;
      }));
    }
  }
  return results;
}

/** The box is met where a peel takes no more than a row of cells, whatever the settings of the file's own search. */
function lattice(): CaseResult {
  return examine("lattice of 20 by 20", () => {
    const cell = (i: number) => 0.025 + i * 0.05;
    const a = Array.from({ length: 400 }, (_, row) => cell(Math.floor(row / 20)));
    const b = Array.from({ length: 400 }, (_, row) => cell(row % 20));
    const { trajectory } = prim(
      [{ name: "a", values: a }, { name: "b", values: b }],
      a.map((x, i) => x > 0.5 && b[i] < 0.3),
      { peelShare: 0.05, pasteShare: 0.05, massMin: 0.05 },
    );
    const exact = trajectory.find(({ coverage, density }) => coverage === 1 && density === 1);
    if (!exact) throw new RangeError("no box has coverage and density 1");
  });
}

/** The rows of the table: inputs by name, and which rows are of interest. */
class Data {
  readonly columns: Column[];
  readonly interest: boolean[];
  readonly ranges: Ends;
  readonly hits: number;
  /** The steps of the first search that the file names: one of them may be the first box. */
  readonly named: readonly number[];
  readonly #searches = new Map<string, { boxes: Box[]; columns: Column[]; interest: boolean[] }>();

  constructor(csv: string, named: readonly number[]) {
    this.named = named;
    const [head, ...lines] = csv.trim().split(/\r?\n/), names = head.split(",");
    const rows = lines.map((line) => line.split(",").map(Number));
    this.columns = names.slice(0, -1).map((name, i) => ({ name, values: rows.map((row) => row[i]) }));
    this.interest = rows.map((row) => row[names.length - 1] === 1);
    this.hits = this.interest.filter(Boolean).length;
    this.ranges = Object.fromEntries(this.columns.map(({ name, values }) => {
      const list = values as number[];
      return [name, [Math.min(...list), Math.max(...list)]];
    }));
  }

  /** The steps of a search. The second box is looked for among the rows that the first one leaves. */
  search({ settings, isSecond, first = -1 }: Search) {
    const key = JSON.stringify([settings, isSecond, first]), had = this.#searches.get(key);
    if (had) return had;
    let kept = this.interest.map((_, row) => row);
    if (isSecond) {
      const { limits } = this.search({ settings, isSecond: false }).boxes.at(first)!;
      kept = kept.filter((row) => !this.columns.every(({ values }, i) => within(values[row], limits[i])));
    }
    const columns = this.columns.map(({ name, values }) => ({
      name,
      values: kept.map((row) => values[row]),
    }));
    const interest = kept.map((row) => this.interest[row]);
    const { obj: objective, peel_alpha: peelShare, paste_alpha: pasteShare } = settings;
    // The least mass is a share of all rows, of which fewer are left for the second box.
    const massMin = settings.mass_min * this.interest.length / kept.length;
    const { trajectory: boxes } = prim(columns, interest, { objective, peelShare, pasteShare, massMin });
    const found = { boxes, columns, interest };
    this.#searches.set(key, found);
    return found;
  }
}

/** Reads a part by its shape; its name may say the objective, the second box, a step or the tree. */
function read(name: string, part: unknown, before: Search, data: Data): CaseResult[] {
  const key = name.split(" ").at(-1)!, search = { ...before };
  const [objective] = /lenient1|lenient2|original/.exec(key) ?? [];
  if (objective) search.settings = { ...search.settings, obj: objective as PrimObjective };
  if (/second|2nd|box_?2$/i.test(key)) search.isSecond = true;
  const [, step] = /(?:^|box_?|step_?)(\d+)$/.exec(key) ?? [];
  if (step !== undefined && !/box_?2$/i.test(key)) search.step = Number(step);
  if (typeof part === "number" && (key === "n" || key === "positives")) {
    const own = key === "n" ? data.interest.length : data.hits;
    return [
      examine(name, () => near(own, part, { tolerance: 0, what: key === "n" ? "rows" : "rows of interest" })),
    ];
  }
  if (typeof part !== "object" || part === null || key === "split") {
    return unreadMembers("", { [name]: part }, []);
  }
  if (/cart|tree|leaves/i.test(key)) return leaves(name, part, search, data);
  if (/^(settings|terms)$/.test(key)) return [];
  const own = (part as { settings?: Partial<Settings> }).settings;
  if (own) search.settings = { ...search.settings, ...own };
  if (isBox(part)) return boxCases(name, part, search, data);
  if (/^(qp|quasi)/i.test(key)) return chances(name, part, search, data);
  const list = listOf(part);
  return list.length > 0 && list.every(isBox)
    ? list.flatMap((one, i) => boxCases(`${name} ${one.id ?? i}`, { id: i, ...one }, search, data))
    : Object.entries(part).flatMap(([inner, content]) => read(`${name} ${inner}`, content, search, data));
}

const isBox = (part: unknown): part is Told =>
  typeof part === "object" && part !== null &&
  ["coverage", "density"].every((key) => typeof (part as Record<string, unknown>)[key] === "number");

/** A list of boxes: as it stands, or a table that tells each figure's column. */
function listOf(part: object): unknown[] {
  if (Array.isArray(part)) return part;
  const columns = Object.entries(part).filter(([, column]) => typeof column === "object" && column !== null);
  if (!columns.some(([key]) => key === "coverage")) return [];
  const rows = Object.keys((part as { coverage: object }).coverage);
  return rows.map((row) => Object.fromEntries(columns.map(([key, column]) => [key, column[row]])));
}

/**
 * The searches and steps that a box may be of. The file does not say which step of the first search was taken before the second
 * one: the last, as the library does unless told, or one that the file names. Where the second one's last step is not dense enough,
 * the library gives the whole rest.
 */
function* placesOf(told: Told, search: Search, data: Data): Generator<{ search: Search; place: number }> {
  for (const first of search.isSecond ? [-1, ...data.named] : [-1]) {
    const own = { ...search, first }, step = told.id ?? search.step;
    let last: number;
    try {
      last = data.search(own).boxes.length - 1;
    } catch (error) {
      // What one of the named boxes leaves may have nothing of interest; another's rest may.
      if (data.named.length === 0 || !search.isSecond) throw error;
      continue;
    }
    yield { search: own, place: step ?? last };
    if (step === undefined && search.isSecond) yield { search: own, place: 0 };
  }
}

function boxCases(name: string, told: Told, search: Search, data: Data): CaseResult[] {
  let found: { result: CaseResult; search: Search; place: number } | undefined;
  for (const { search: own, place } of placesOf(told, search, data)) {
    const box = data.search(own).boxes[place];
    const result = box
      ? examine(name, () => sameBox(box, told, data))
      : unread(name, `step ${place} of ${data.search(own).boxes.length}`);
    found ??= { result, search: own, place };
    if (result.status !== "passed") continue;
    found = { result, search: own, place };
    break;
  }
  if (!found) return [unread(name, "a second box, of which nothing of interest is left")];
  const { result, search: own, place } = found;
  return [
    result,
    ...told.qp ? chances(`${name} qp`, told.qp, { ...own, step: place }, data) : [],
    ...unreadMembers(name, told, [
      ...["id", "coverage", "density", "mass", "mean", "n", "res_dim", "res dim", "limits", "qp"],
    ]),
  ];
}

function sameBox(box: Box, told: Told, data: Data): void {
  const meets = (own: number, expected: number | undefined, what: string) => {
    if (expected !== undefined) near(own, expected, { tolerance: 1e-12, what });
  };
  meets(box.hits / data.hits, told.coverage, "coverage");
  meets(box.density, told.density, "density");
  meets(box.rows / data.interest.length, told.mass, "mass");
  meets(box.density, told.mean, "mean");
  meets(box.rows, told.n, "rows");
  meets(box.limits.filter(Boolean).length, told.res_dim ?? told["res dim"], "restricted inputs");
  if (told.limits) sameEnds(box.limits, told.limits, data);
}

/** Holds when the ends that lie within the table's ranges are a box's own; every input may be told, or the restricted ones. */
function sameEnds(
  limits: readonly ({ low: number; high: number } | undefined)[],
  expected: Ends,
  { columns, ranges }: Data,
  tolerance = 1e-9,
): void {
  for (const [name, [low, high]] of Object.entries(expected)) {
    const own = limits[columns.findIndex((column) => column.name === name)],
      [least, most] = ranges[name] ?? [];
    if (least === undefined) throw new RangeError(`there is no input ${name}`);
    if (low === least && high === most && !own) continue;
    if (!own) throw new RangeError(`${name} is not restricted`);
    if (low !== least) near(own.low, low, { tolerance, what: `the lower end of ${name}` });
    if (high !== most) near(own.high, high, { tolerance, what: `the upper end of ${name}` });
  }
}

/** How likely each end would be by chance, as the search's own step tells it; -1 stands for an end that is no limit. */
function chances(name: string, part: object, search: Search, data: Data): CaseResult[] {
  const entries = Object.entries(part).filter(([, value]) => typeof value === "object" && value !== null);
  // A step's number, or a box's name, may stand above the inputs.
  if (entries.length > 0 && !entries.some(([key]) => key in data.ranges)) {
    return entries.flatMap(([key, inner]) => {
      const [, step] = /(\d+)$/.exec(key) ?? [];
      return step === undefined
        ? unreadMembers(name, { [key]: inner }, [])
        : chances(`${name} ${key}`, inner, { ...search, step: Number(step) }, data);
    });
  }
  const { boxes, columns, interest } = data.search(search), box = boxes[search.step ?? 21];
  if (!box) return [unread(name, `step ${search.step} of ${boxes.length}`)];
  const sample = sampleOf(columns, interest);
  return entries.map(([input, told]) =>
    examine(`${name} ${input}`, () => {
      const at = columns.findIndex((column) => column.name === input), own = quasiPOfEnds(sample, box)[at];
      // The library cuts shares times counts to whole numbers: where a product misses one by a last place, it counts one less.
      const hits = Math.floor(box.hits / data.hits * data.hits);
      const rows = Math.floor(box.rows / data.interest.length * data.interest.length);
      const cut = quasiPOfEnds(sample, { ...box, hits, rows })[at];
      for (const [end, expected] of (Object.values(told) as (number | null)[]).entries()) {
        const side = end === 0 ? "low" : "high", values = [own, cut].map((one) => one?.[side] ?? NaN);
        const isNone = expected === null || expected < 0;
        const agrees = values.some((value) =>
          isNone ? Number.isNaN(value) : Math.abs(value - expected) <= 1e-9 * expected
        );
        if (!agrees) throw new RangeError(`its ${side} end has ${values[0]} by chance, expected ${expected}`);
      }
    })
  );
}

interface Leaf {
  node: TreeNode;
  ends: { low: number; high: number }[];
}

function leavesOf(node: TreeNode, ends: Leaf["ends"]): Leaf[] {
  if (!node.cut) return [{ node, ends }];
  const { column, at, below, rest } = node.cut, here = ends[column];
  return [
    ...leavesOf(below, ends.with(column, { low: here.low, high: at })),
    ...leavesOf(rest, ends.with(column, { low: at, high: here.high })),
  ];
}

/**
 * The leaves of a tree grown until none can be cut, from left to right. Its library cuts single-precision numbers, hence the
 * tolerance of the limits.
 */
function leaves(name: string, part: object, { settings }: Search, data: Data): CaseResult[] {
  const { leaves: inner, boxes, stats, ...rest } = part as Record<string, object | undefined>;
  const list = listOf(inner ?? stats ?? boxes ?? part);
  if (list.length === 0 || !list.every(isBox)) return [unread(name, "leaves of this shape")];
  const massMin = Number(rest.mass_min ?? settings.mass_min), n = data.interest.length;
  const rowsMin = Math.floor(massMin * n);
  const tree = growTree(data.columns, data.interest.map(Number), { depthMax: 30, rowsMin, gainMin: 0 });
  const whole = data.columns.map((column) => {
    const [low, high] = data.ranges[column.name];
    return { low, high };
  });
  const own = leavesOf(tree, whole);
  const limits = inner === undefined && stats !== undefined && boxes !== undefined
    ? Object.values(boxes)
    : [];
  return [
    examine(`${name}, their number`, () => near(own.length, list.length, { tolerance: 0, what: "leaves" })),
    ...list.map((told, i) =>
      examine(`${name} ${i}`, () => {
        if (!own[i]) throw new RangeError("the tree has no such leaf");
        const { node, ends } = own[i], hits = Math.round(node.mean * node.rows);
        const restricted = ends.filter((end, d) => end.low !== whole[d].low || end.high !== whole[d].high);
        near(hits / data.hits, told.coverage, { tolerance: 1e-12, what: "coverage" });
        near(node.mean, told.density, { tolerance: 1e-12, what: "density" });
        if (told.mass !== undefined) near(node.rows / n, told.mass, { tolerance: 1e-12, what: "mass" });
        const dims = told.res_dim ?? told["res dim"];
        if (dims !== undefined) near(restricted.length, dims, { tolerance: 0, what: "restricted inputs" });
        const box = (told.limits ?? limits[i]) as Ends | undefined;
        if (box) sameEnds(ends, box, data, 1e-6);
      })
    ),
    ...unreadMembers(name, inner || stats || boxes ? rest : {}, ["mass_min", "min_samples", "n_leaves"]),
  ];
}
