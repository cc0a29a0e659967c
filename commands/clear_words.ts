// What `hutong clear` prints for people: batches, what waits and why, and a table of participants.

import { inFull } from "#/server/format.ts";
import type { ClearedDebts } from "#/model/clearing/default.ts";
import type { NetPosition } from "#/model/clearing/netting.ts";
import { listed } from "#/scenarios/complain.ts";

/** The file a result is about, and how it was made. */
export interface About {
  file: string;
  title: string;
  method: string;
}

interface Part {
  id: string;
  payer: string;
  payee: string;
  amountFen: number;
}

/** What a queue came to; amounts in fen. */
export interface ClearedQueue extends About {
  kind: "queue";
  methodTitle: string;
  payments: number;
  askedFen: number;
  askedNettingRatio: number;
  settled: string[];
  batches: string[][];
  /** The times of settlement with their batches, in the order of `batches`; empty without a clock. */
  times: { time: string; batches: number }[];
  settledFen: number;
  nettingRatio: number;
  isProvenBest: boolean;
  isBudgetSpent: boolean;
  nodes: number;
  expired: (Part & { deadline: string; found: string })[];
  waits: (Part & {
    reason: "liquidity" | "limit" | "order" | "notYet";
    shortFen: number;
    overFen: number;
    ahead: string | null;
    arrives: string | null;
  })[];
  limits: { from: string; to: string; limitFen: number; netFen: number }[];
  participants: {
    id: string;
    openingFen: number;
    floorFen: number;
    peakUsedFen: number;
    netFen: number;
    closingFen: number;
  }[];
  peakUsedFen: number;
}

/** What a window came to after unwinding; amounts in fen, places of debts counted from 0. */
export interface Unwound extends About {
  kind: "unwound";
  debts: number;
  rounds: string[][];
  removed: number[];
  removedFen: number;
  nets: NetPosition[];
}

const most = 40;

/** A resolved queue. */
export function queueInWords(it: ClearedQueue): string {
  const lines = [head(it), `Method ${it.method}: ${it.methodTitle}.`, ""];
  lines.push(
    `${inFull(it.settled.length)} of ${inFull(it.payments)} payments settle, CNY ${cny(it.settledFen)} of ${
      cny(it.askedFen)
    }, ` +
      `in ${count(it.batches.length, "batch", "batches")}. ${verdict(it)}`,
  );
  const at = it.times.flatMap(({ time, batches }) => Array<string>(batches).fill(` at ${time}`));
  for (const [k, batch] of it.batches.slice(0, most).entries()) {
    lines.push(`  batch ${k + 1}${at[k] ?? ""}: ${listed(batch)}`);
  }
  if (it.batches.length > most) lines.push(`  and ${it.batches.length - most} batches more (--json has all)`);
  if (it.expired.length > 0) lines.push("", "What has expired:");
  for (const one of it.expired.slice(0, most)) {
    lines.push(`  ${path(one)}: due by ${one.deadline}, still there at ${one.found}`);
  }
  if (it.expired.length > most) lines.push(`  and ${it.expired.length - most} more (--json has all)`);
  if (it.waits.length > 0) lines.push("", "What waits, and why:");
  for (const one of it.waits.slice(0, most)) {
    const why = one.reason === "liquidity"
      ? `${one.payer} lacks CNY ${cny(one.shortFen)}`
      : one.reason === "notYet"
      ? `it arrives at ${one.arrives}`
      : one.reason === "limit"
      ? `${one.payer}'s limit towards ${one.payee} would be passed by CNY ${cny(one.overFen)}`
      : one.shortFen > 0
      ? `${one.ahead}; alone ${one.payer} would lack CNY ${cny(one.shortFen)}`
      : one.ahead ?? "the method does not release it, though its payer has enough";
    lines.push(`  ${path(one)}: ${why}`);
  }
  if (it.waits.length > most) lines.push(`  and ${it.waits.length - most} more (--json has all)`);
  const rows = it.participants.map((one) => [
    one.id,
    ...[one.openingFen, one.floorFen, one.peakUsedFen, one.netFen, one.closingFen].map(cny),
  ]);
  if (it.limits.length > 0) {
    const limits = it.limits.slice(0, most).map(({ from, to, limitFen, netFen }) => [
      ...[`${from} > ${to}`, cny(limitFen), cny(netFen)],
    ]);
    lines.push("", ...table(["limit", "most", "sent less received"], limits));
    if (it.limits.length > most) lines.push(`and ${it.limits.length - most} more (--json has all)`);
  }
  lines.push(
    "",
    ...table(["participant", "opening", "floor", "peak used", "net", "closing"], rows),
    "",
    `Liquidity used at the peak: CNY ${cny(it.peakUsedFen)} over all participants. Netting ratio: ` +
      `${percent(it.nettingRatio)} of what settles, ${percent(it.askedNettingRatio)} of the whole queue.`,
  );
  return `${lines.join("\n")}\n`;
}

const path = ({ id, payer, payee, amountFen }: Part) => `${id}: ${payer} > ${payee} CNY ${cny(amountFen)}`;

function verdict({ isProvenBest, isBudgetSpent, nodes, times }: ClearedQueue): string {
  if (isProvenBest && times.length > 1) {
    return "At no time would a larger set have settled under this method's rules.";
  }
  if (isProvenBest) return "No set under this method's rules is larger.";
  return isBudgetSpent
    ? `The best found: the budget was spent after ${
      count(nodes, "node", "nodes")
    }, a larger set is not ruled out.`
    : "A larger set is not ruled out.";
}

/** A cleared network of debts. */
export function clearedInWords(it: About & ClearedDebts): string {
  const failed = it.standings.filter(({ wave }) => wave > 0);
  const waves = Math.max(0, ...failed.map(({ wave }) => wave));
  const lossFen = it.standings.reduce((sum, one) => sum + one.lossFen, 0);
  const lines = [head(it), `Method ${it.method}: greatest clearing vector.`, ""];
  lines.push(
    failed.length === 0
      ? "Everybody pays in full."
      : `${failed.length} of ${it.standings.length} default, in ${
        count(waves, "wave", "waves")
      }; creditors lose ` +
        `CNY ${cny(lossFen)}, the guarantee fund pays CNY ${cny(it.fundUsedFen)}.`,
  );
  for (let wave = 1; wave <= waves; wave++) {
    const names = failed.filter((one) => one.wave === wave).map(({ participant }) => participant);
    lines.push(`  wave ${wave}: ${listed(names)}`);
  }
  const standings = it.standings.map((one) => [
    one.participant,
    ...[one.assetsFen, one.receivedFen, one.owedFen, one.paidFen, one.costFen, one.leftFen, one.lossFen].map(
      cny,
    ),
  ]);
  lines.push(
    "",
    ...table(
      ["participant", "assets", "received", "owed", "paid", "cost", "left", "loss as creditor"],
      standings,
    ),
  );
  const lost = it.debts.filter((one) => one.lossFen + one.coveredFen > 0);
  if (lost.length > 0) lines.push("", "Debts not paid in full:");
  for (const one of lost.slice(0, most)) {
    const rank = one.seniority ? ` (rank ${one.seniority})` : "";
    const covered = one.coveredFen > 0 ? `, the fund ${cny(one.coveredFen)}` : "";
    lines.push(
      `  ${one.payer} > ${one.payee}${rank}: of CNY ${cny(one.amountFen)} paid ${
        cny(one.paidFen)
      }${covered}, lost ${cny(one.lossFen)}`,
    );
  }
  if (lost.length > most) lines.push(`  and ${lost.length - most} more (--json has all)`);
  return `${lines.join("\n")}\n`;
}

/** An unwound window. */
export function unwoundInWords(it: Unwound): string {
  const lines = [head(it), `Method ${it.method}: unwinding of the window.`, ""];
  lines.push(
    it.rounds.length === 0
      ? "Everybody can pay its net; nothing is taken out."
      : `${inFull(it.removed.length)} of ${inFull(it.debts)} payments are taken out, CNY ${
        cny(it.removedFen)
      }.`,
  );
  for (const [k, names] of it.rounds.entries()) lines.push(`  round ${k + 1}: ${listed(names)} cannot pay`);
  if (it.removed.length > 0) lines.push(`  taken out (from 0): ${listed(it.removed.map(String))}`);
  const rows = it.nets.map(({ participant, toPayFen, toReceiveFen, netFen }) => [
    participant,
    ...[toPayFen, toReceiveFen, netFen].map(cny),
  ]);
  lines.push("", ...table(["left in the window", "pays", "receives", "net"], rows));
  return `${lines.join("\n")}\n`;
}

const head = ({ file, title }: About) => title ? `${file}: ${title}` : file;
const count = (n: number, one: string, many: string) => `${inFull(n)} ${n === 1 ? one : many}`;
const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

/** Whole fen as CNY, exactly, thousands apart. */
function cny(fen: number): string {
  const size = Math.abs(fen), yuan = Math.floor(size / 100), rest = size % 100;
  return `${fen < 0 ? "-" : ""}${inFull(yuan)}.${String(rest).padStart(2, "0")}`;
}

/** Rows under a heading, numbers to the right. */
function table(heading: string[], rows: string[][]): string[] {
  const all = [heading, ...rows];
  const widths = heading.map((_, k) => Math.max(...all.map((row) => row[k].length)));
  return all.map((row) =>
    row.map((cell, k) => k === 0 ? cell.padEnd(widths[k]) : cell.padStart(widths[k])).join("  ").trimEnd()
  );
}
