// A formula of a deal: a tiny language of numbers, truths and dates that can read named figures and do nothing else.

import { epochDay } from "#/model/units/calendar.ts";

/** What a formula or a name stands for. Truths are 1 and 0, dates days since 1 January 1970. */
export type Kind = "number" | "truth" | "date";

/** A figure that formulas may read. */
export interface Readable<State> {
  kind: Kind;
  read: (state: State) => number;
}

/** A formula that is ready to be worked out, with the names that it reads in order of appearance. */
export interface Formula<State> extends Readable<State> {
  text: string;
  reads: readonly string[];
}

/** What a formula may read: `find` gives a name's figure or throws with what is allowed; `date` is today. */
export interface Readables<State> {
  find: (name: string) => Readable<State>;
  date: (state: State) => number;
}

interface Token {
  kind: "number" | "date" | "name" | "sign" | "end";
  text: string;
  at: number;
}

const longest = 20_000, deepest = 60;
const tokenPattern =
  /\s*(?:(\d{4}-\d{2}-\d{2})|(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(\p{L}[\p{L}\p{N}_]*(?:\.\p{L}[\p{L}\p{N}_]*)*)|(<=|>=|!=|[-+*/()<>=,])|$)/uy;

function tokens(text: string): Token[] {
  const found: Token[] = [];
  tokenPattern.lastIndex = 0;
  for (;;) {
    const at = tokenPattern.lastIndex, match = tokenPattern.exec(text);
    if (!match) throw fault(text, `"${text.slice(at).trim().slice(0, 12)}" cannot be read`, at);
    const [, date, number, name, sign] = match;
    if (date !== undefined) found.push({ kind: "date", text: date, at });
    else if (number !== undefined) found.push({ kind: "number", text: number, at });
    else if (name !== undefined) found.push({ kind: "name", text: name, at });
    else if (sign !== undefined) found.push({ kind: "sign", text: sign, at });
    else return [...found, { kind: "end", text: "the end", at }];
  }
}

const fault = (text: string, what: string, at: number): SyntaxError =>
  new SyntaxError(`formula "${text}": ${what} at character ${at + 1}`);

/**
 * Reads a formula.
 *
 * Shapes: numbers, ISO dates, dotted names; `+ - * /`, comparisons `< <= > >= = !=` of two numbers or two dates, `and`,
 * `or`, `not`, parentheses, `min(…)`, `max(…)`, `abs(x)`, `if(truth, a, b)`, and `steps(date, value, date, value, …)`:
 * the value of the latest date that has come. `date` is today. Kinds are checked here, before anything is worked out.
 * Errors: `SyntaxError` with the formula, the fault and its place; working it out throws `RangeError` where a number has
 * no value (division by zero, no step begun).
 * Source: own; nothing is evaluated as program text.
 *
 * @example
 * ```ts
 * import { readFormula } from "#/model/funding/deal/formula.ts";
 * import assert from "node:assert/strict";
 * const find = () => ({ kind: "number" as const, read: (s: { x: number }) => s.x });
 * const formula = readFormula("max(0, 2 * pool.balance - 1)", { find, date: () => 0 });
 * assert.deepEqual(formula.reads, ["pool.balance"]);
 * assert.equal(formula.read({ x: 3 }), 5);
 * assert.throws(() => readFormula("1 + (2 < 3)", { find, date: () => 0 }), /formula "1 \+ \(2 < 3\)": \+ needs numbers/);
 * ```
 */
export function readFormula<State>(text: string, readables: Readables<State>): Formula<State> {
  if (text.length > longest) {
    throw new SyntaxError(`formula of ${text.length} characters: allowed are ${longest}`);
  }
  const reader = new Reader(text, readables);
  return reader.whole();
}

/** A parser by descent; each level reads what binds tighter than its own signs. */
class Reader<State> {
  #at = 0;
  #depth = 0;
  readonly #tokens: Token[];
  readonly #reads = new Set<string>();

  constructor(readonly text: string, readonly readables: Readables<State>) {
    this.#tokens = tokens(text);
  }

  whole(): Formula<State> {
    const { kind, read } = this.#either();
    const rest = this.#next();
    if (rest.kind !== "end") throw fault(this.text, `${rest.text} was not expected`, rest.at);
    return { kind, read, text: this.text, reads: [...this.#reads] };
  }

  #next = () => this.#tokens[this.#at];
  #take = () => this.#tokens[this.#at++];

  #takes(...signs: string[]): Token | undefined {
    const { kind, text } = this.#next();
    return (kind === "sign" || kind === "name") && signs.includes(text) ? this.#take() : undefined;
  }

  #must(sign: string): void {
    const { text, at } = this.#next();
    if (!this.#takes(sign)) throw fault(this.text, `${sign} is needed before ${text}`, at);
  }

  #of(part: Readable<State>, kind: Kind, { text, at }: Token): (state: State) => number {
    if (part.kind !== kind) throw fault(this.text, `${text} needs ${kind}s and found a ${part.kind}`, at);
    return part.read;
  }

  #either(): Readable<State> {
    if (++this.#depth > deepest) throw fault(this.text, `more than ${deepest} levels`, this.#next().at);
    let left = this.#both();
    for (let sign; (sign = this.#takes("or"));) {
      const a = this.#of(left, "truth", sign), b = this.#of(this.#both(), "truth", sign);
      left = { kind: "truth", read: (state) => a(state) || b(state) };
    }
    this.#depth--;
    return left;
  }

  #both(): Readable<State> {
    let left = this.#negated();
    for (let sign; (sign = this.#takes("and"));) {
      const a = this.#of(left, "truth", sign), b = this.#of(this.#negated(), "truth", sign);
      left = { kind: "truth", read: (state) => a(state) && b(state) };
    }
    return left;
  }

  #negated(): Readable<State> {
    let not: Token | undefined, odd = false;
    for (let sign; (sign = this.#takes("not")); odd = !odd) not = sign;
    const compared = this.#compared();
    if (!not) return compared;
    const a = this.#of(compared, "truth", not);
    return odd ? { kind: "truth", read: (state) => a(state) ? 0 : 1 } : compared;
  }

  #compared(): Readable<State> {
    const left = this.#sum();
    const sign = this.#takes("<", "<=", ">", ">=", "=", "!=");
    if (!sign) return left;
    const right = this.#sum();
    if (left.kind !== right.kind || left.kind === "truth" && !/=$/.test(sign.text)) {
      throw fault(this.text, `${sign.text} cannot compare a ${left.kind} with a ${right.kind}`, sign.at);
    }
    return { kind: "truth", read: comparison(sign.text, left.read, right.read) };
  }

  #sum(): Readable<State> {
    let left = this.#product();
    for (let sign; (sign = this.#takes("+", "-"));) {
      const a = this.#of(left, "number", sign), b = this.#of(this.#product(), "number", sign);
      left = { kind: "number", read: sign.text === "+" ? (s) => a(s) + b(s) : (s) => a(s) - b(s) };
    }
    return left;
  }

  #product(): Readable<State> {
    let left = this.#signed();
    for (let sign; (sign = this.#takes("*", "/"));) {
      const a = this.#of(left, "number", sign), b = this.#of(this.#signed(), "number", sign);
      left = { kind: "number", read: sign.text === "*" ? (s) => a(s) * b(s) : quotient(a, b) };
    }
    return left;
  }

  #signed(): Readable<State> {
    let minus: Token | undefined, odd = false;
    for (let sign; (sign = this.#takes("-")); odd = !odd) minus = sign;
    const part = this.#atom();
    if (!minus) return part;
    const a = this.#of(part, "number", minus);
    return odd ? { kind: "number", read: (s) => -a(s) } : part;
  }

  #atom(): Readable<State> {
    const token = this.#take();
    if (token.kind === "number") {
      const value = Number(token.text);
      return { kind: "number", read: () => value };
    }
    if (token.kind === "date") {
      const day = epochDay(token.text);
      return { kind: "date", read: () => day };
    }
    if (token.kind === "name") {
      return this.#takes("(") ? this.#function(token) : this.#name(token);
    }
    if (token.text === "(") {
      const inner = this.#either();
      this.#must(")");
      return inner;
    }
    this.#at--;
    throw fault(this.text, `a number, a date or a name is needed before ${token.text}`, token.at);
  }

  #name({ text }: Token): Readable<State> {
    if (text === "true" || text === "false") return { kind: "truth", read: () => text === "true" ? 1 : 0 };
    if (text === "date") return { kind: "date", read: this.readables.date };
    this.#reads.add(text);
    try {
      return this.readables.find(text);
    } catch (error) {
      throw new SyntaxError(`formula "${this.text}": ${(error as Error).message}`);
    }
  }

  #function(token: Token): Readable<State> {
    const parts = [this.#either()];
    while (this.#takes(",")) parts.push(this.#either());
    this.#must(")");
    const count = (fits: boolean, allowed: string) => {
      if (!fits) throw fault(this.text, `${token.text} takes ${allowed}, not ${parts.length}`, token.at);
    };
    switch (token.text) {
      case "min":
      case "max": {
        const reads = parts.map((part) => this.#of(part, "number", token));
        return { kind: "number", read: extreme(reads, token.text === "min") };
      }
      case "abs": {
        count(parts.length === 1, "one number");
        const a = this.#of(parts[0], "number", token);
        return { kind: "number", read: (s) => Math.abs(a(s)) };
      }
      case "if": {
        count(parts.length === 3, "a truth and two values");
        const [truth, then, otherwise] = parts, test = this.#of(truth, "truth", token);
        const b = this.#of(otherwise, then.kind, token);
        return { kind: then.kind, read: (s) => test(s) ? then.read(s) : b(s) };
      }
      case "steps":
        count(parts.length % 2 === 0, "dates and values in pairs");
        return this.#steps(parts, token);
      default:
        throw fault(this.text, `${token.text}(…) is none of abs, if, max, min, steps`, token.at);
    }
  }

  #steps(parts: readonly Readable<State>[], token: Token): Readable<State> {
    const dates = parts.filter((_, i) => i % 2 === 0).map((part) => this.#of(part, "date", token));
    const values = parts.filter((_, i) => i % 2 === 1).map((part) => this.#of(part, "number", token));
    const today = this.readables.date;
    const read = (state: State) => {
      let found = -1;
      for (let i = 0; i < dates.length && dates[i](state) <= today(state); i++) found = i;
      if (found < 0) throw new RangeError("steps(…) has no value yet: its first date is still to come");
      return values[found](state);
    };
    return { kind: "number", read };
  }
}

type Read<State> = (state: State) => number;

function comparison<State>(sign: string, a: Read<State>, b: Read<State>): Read<State> {
  const test: Record<string, (x: number, y: number) => boolean> = {
    "<": (x, y) => x < y,
    "<=": (x, y) => x <= y,
    ">": (x, y) => x > y,
    ">=": (x, y) => x >= y,
    "=": (x, y) => x === y,
    "!=": (x, y) => x !== y,
  };
  const holds = test[sign];
  return (state) => holds(a(state), b(state)) ? 1 : 0;
}

function quotient<State>(a: Read<State>, b: Read<State>): Read<State> {
  return (state) => {
    const below = b(state);
    if (below === 0) throw new RangeError("division by zero");
    return a(state) / below;
  };
}

function extreme<State>(reads: readonly Read<State>[], least: boolean): Read<State> {
  return (state) => {
    let found = reads[0](state);
    for (let i = 1; i < reads.length; i++) {
      const value = reads[i](state);
      if (least ? value < found : value > found) found = value;
    }
    return found;
  };
}
