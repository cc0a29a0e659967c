// One known-answer case: it passes, fails with what was found, or is skipped because the project lacks its layer.

/** What became of one case. */
export interface CaseResult {
  /** What the case is called, within its set. */
  name: string;
  /** How it ended. */
  status: "passed" | "failed" | "skipped";
  /** Why it failed or was skipped. */
  reason?: string;
}

/**
 * Reads the text of a set into its cases; `beside` gives the text of another file by its path from the folder of sets, and
 * nothing where there is none. A set that cannot be read throws.
 */
export type Reader = (text: string, beside?: (path: string) => string | undefined) => CaseResult[];

/** Reads the texts of a set that is a folder, by their paths within it. */
export type FolderReader = (files: ReadonlyMap<string, string>) => CaseResult[];

/** Runs the check of one case: it passes unless the check throws. */
export function examine(name: string, check: () => void): CaseResult {
  try {
    check();
    return { name, status: "passed" };
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return {
      name,
      status: "failed",
      reason: text.split("\n").filter((line) => line.trim() !== "").join(" "),
    };
  }
}

/** A case that waits for a layer which the project does not have yet; a file beside the sets that is not there is the only other ground for skipping. */
export function lacking(name: string, layer: string): CaseResult {
  return { name, status: "skipped", reason: `no layer ${layer}` };
}

/** A figure that cannot be held against the project, with the reason why: said, never passed over. */
export function leftOut(name: string, reason: string): CaseResult {
  return { name, status: "skipped", reason };
}

/**
 * A case for each member of a part that holds figures which its reader does not know: nothing is compared, and that is said. Words
 * are no figures.
 */
export function unreadMembers(
  name: string,
  given: object,
  known: readonly (string | RegExp)[],
): CaseResult[] {
  const isKnown = (key: string) => known.some((one) => typeof one === "string" ? one === key : one.test(key));
  return Object.entries(given).filter(([key, value]) => !isKnown(key) && holdsFigures(value))
    .map(([key]) => leftOut(name === "" ? key : `${name} ${key}`, `no reader for "${key}"`));
}

function holdsFigures(value: unknown): boolean {
  if (typeof value === "object" && value !== null) return Object.values(value).some(holdsFigures);
  return typeof value === "number" || typeof value === "bigint";
}

/** A case of a kind that no reader knows: a failure, so that nothing is passed over in silence. */
export function unread(name: string, what: string): CaseResult {
  return { name, status: "failed", reason: `no reader for ${what}` };
}

/**
 * Holds when a number equals the expected one within a tolerance, relative for large numbers and absolute below 1.
 *
 * Errors: `RangeError` with both numbers.
 */
export function near(
  own: number,
  expected: number,
  { tolerance, what }: { tolerance: number; what: string },
): void {
  if (typeof expected !== "number") {
    throw new TypeError(`${what}: the case expects ${JSON.stringify(expected)}, no number`);
  }
  if (!(Math.abs(own - expected) <= tolerance * Math.max(1, Math.abs(expected)))) {
    throw new RangeError(`${what} is ${own}, expected ${expected} within ${tolerance}`);
  }
}
