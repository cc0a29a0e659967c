// The treasuries look ahead: what came is learned, the days to come are forecast, money is held against them, warnings ring,
// and the contingency plan takes a step or leaves one.

import { internalLcr, internalNsfr } from "#/model/funding/liquidity/gauges.ts";
import { contingencySteps, followPlan } from "#/model/funding/treasury/contingency.ts";
import {
  blankHabits,
  forecastNet,
  habitPlaces,
  type Habits,
  learn,
  survivalDays,
} from "#/model/funding/treasury/forecast.ts";
import { indicators, type Readings, warningBits, warningCount } from "#/model/funding/treasury/warnings.ts";
import { civil } from "#/model/units/calendar.ts";
import { demandFactor } from "#/model/shoppers/wants.ts";
import { type FundingPosition, positionOf } from "#/sim/funding_position.ts";
import { record } from "#/sim/recorder.ts";
import { lenders } from "#/sim/rulebook.ts";
import { checkedDays, horizonDays, plannedShare, survivalHorizons } from "#/sim/treasury.ts";
import type { World } from "#/sim/world.ts";
import { issuerAt } from "./channel.ts";

/** Gauges are told up to here; above it they say no more. */
const gaugeTop = 9.99;
/** An error is told up to here. */
const errorTop = 2;
/** A book before anything was learned comes back within so many days. */
const unseenLifeDays = 40;
/** The slow mean of lateness: one part in so many is new each day. */
const slowDays = 60;

/** Looks ahead for both issuers, after they have drawn and repaid. */
export function lookAhead(world: World): void {
  fillDaysAhead(world);
  if (world.today.day === 0) world.treasury.firstRateBps = world.today.rateBps;
  for (let k = 0; k < lenders.length; k++) lookAheadOf(world, k);
}

/** What each day ahead looks like. */
function fillDaysAhead({ treasury, terms, today }: World): void {
  for (let h = 0; h < horizonDays; h++) {
    const date = civil(terms.startEpoch + today.day + 1 + h);
    treasury.dayOfMonth[h] = date.dayOfMonth;
    treasury.demand[h] = demandFactor(date, terms.scenario.demand);
  }
}

function lookAheadOf(world: World, k: number): void {
  const { treasury, terms, today, recorder } = world, { stress, warn } = terms.treasury;
  const habits = world.servicing.habits.subarray(k * habitPlaces, (k + 1) * habitPlaces);
  const position = positionOf(world, k), { count } = world.shoppers;
  learnToday(world, k, { habits, balanceFen: position.balanceFen });
  const errorShare = checkForecast(world, k, { habits, balanceFen: position.balanceFen });

  // Amounts a shopper, as habits are.
  const days = { dayOfMonth: treasury.dayOfMonth, demand: treasury.demand };
  const balance = position.balanceFen / count;
  const under = { backFactor: stress.backBps / 10_000, lentFactor: stress.lentBps / 10_000 };
  forecastNet(habits, { ...days, balance, ...under }, treasury.net);
  const money = {
    cash: position.cashFen / count,
    drawable: position.drawableFen / count,
    drawableRunoff: stress.lineRunoffBps / 10_000,
    called: (position.dueFen + position.callableFen * stress.calledBps / 10_000) / count,
  };
  const lastsDays = survivalDays(treasury.net, money);
  let stressOut = money.called, stressIn = 0, balanceAhead = balance;
  for (let h = 0; h < 30; h++) {
    const lent = habits[0] * treasury.demand[h] * under.lentFactor;
    const back = treasury.net[h] + lent;
    stressOut += lent;
    stressIn += back;
    balanceAhead -= back;
  }
  // New credit can be refused but for what shoppers have been promised: the plan's throttle says how much that is.
  const lcr = Math.min(
    gaugeTop,
    internalLcr({
      stock: Math.max(0, money.cash),
      outflows: Math.max(0, stressOut),
      inflows: Math.max(0, stressIn),
    }),
  );
  const nsfr = Math.min(gaugeTop, nsfrOf(position, Math.max(0, balanceAhead * count)));

  const late = lateShareOf(world, k);
  const readings: Readings = {
    survivalHorizon: lastsDays,
    bufferRatio: terms.funding[k].cashBufferFen > 0 ? position.cashFen / terms.funding[k].cashBufferFen : 1,
    lineUtilisation: position.committedFen > 0
      ? position.drawnFen / position.committedFen
      : position.drawnFen > 0
      ? 2
      : 0,
    spread: (today.rateBps - treasury.firstRateBps) / 10_000,
    lateShare: treasury.lateSlow[k] > 0 ? late / treasury.lateSlow[k] - 1 : 0,
    forecastError: errorShare,
  };
  treasury.lateSlow[k] = Number.isNaN(treasury.lateSlow[k])
    ? late
    : treasury.lateSlow[k] + (late - treasury.lateSlow[k]) / slowDays;
  const bits = warningBits(readings, terms.warnFrom);
  const rings = warningCount(bits) >= warn.indicators;
  const at = k * (indicators.length + 1);
  for (let i = 0; i < indicators.length; i++) if (bits & 1 << i) treasury.warnedDays[at + i]++;
  if (rings) treasury.warnedDays[at + indicators.length]++;

  if (terms.treasury.contingency.active) followPlan(treasury.plan[k], lastsDays, terms.contingencyPlan);
  const { step } = treasury.plan[k], { fundableShare } = world.funding.issuers[k];
  const granted = Math.min(fundableShare, plannedShare(world, k));
  for (let p = 0; p < issuerAt.length; p++) if (issuerAt[p] === k) world.memory.granted[p] = granted;
  treasury.stepDays[k * contingencySteps.length + step]++;
  treasury.leastDays[k] = Math.min(treasury.leastDays[k], lastsDays);
  for (let h = 0; h < survivalHorizons.length; h++) {
    if (lastsDays < survivalHorizons[h]) treasury.belowDays[k * survivalHorizons.length + h]++;
  }
  treasury.leastLcr[k] = Math.min(treasury.leastLcr[k], lcr);
  treasury.leastNsfr[k] = Math.min(treasury.leastNsfr[k], nsfr);
  const say = (name: string, value: number) =>
    record(recorder, today.day, `${name}.${lenders[k]}`, "plain", value);
  say("survivalDays", lastsDays);
  say("internalLcr", lcr);
  say("internalNsfr", nsfr);
  say("lineUtilisation", readings.lineUtilisation);
  say("bufferRatio", readings.bufferRatio);
  say("lateOverUsual", readings.lateShare);
  say("forecastError", errorShare);
  say("warnings", bits);
  say("alarm", rings ? 1 : 0);
  say("contingency", step);
  say("fundable", fundableShare);
  say("throttle", granted);
}

/** Learns from what came back and what was lent today. */
function learnToday(
  world: World,
  k: number,
  { habits, balanceFen }: { habits: Habits; balanceFen: number },
): void {
  const { treasury, today, memory, terms, shoppers } = world;
  if (habits[1] === 0) blankHabits(habits, unseenLifeDays);
  const beforeFen = treasury.balanceFen[k];
  treasury.balanceFen[k] = balanceFen;
  if (Number.isNaN(beforeFen)) return;
  const lost = memory.lost[k], place = k * checkedDays + today.day % checkedDays;
  const backFen = memory.repaid.nativeFen[k] + memory.repaid.bridgedFen[k] + memory.repaid.feesFen[k];
  const lentFen = balanceFen - beforeFen + backFen - memory.repaid.feesFen[k] + lost.nativeFen +
    lost.bridgedFen;
  treasury.netFen[place] = backFen - lentFen;
  treasury.movedFen[place] = backFen + Math.abs(lentFen);
  learn(habits, {
    dayOfMonth: today.date.dayOfMonth,
    demand: today.demand,
    balance: beforeFen / shoppers.count,
    back: backFen / shoppers.count,
    lent: lentFen / shoppers.count,
    grantedShare: today.granted[k],
  }, terms.treasury.learnBps / 10_000);
}

/** Holds the forecast of a week ago against what came, and makes tonight's; the error in parts of what moved. */
function checkForecast(
  { treasury, shoppers, today, memory }: World,
  k: number,
  { habits, balanceFen }: { habits: Habits; balanceFen: number },
): number {
  const at = k * checkedDays, place = at + today.day % checkedDays;
  const foreseenFen = treasury.foreseenFen[place];
  let error = 0;
  if (!Number.isNaN(foreseenFen)) {
    let cameFen = 0, movedFen = 0;
    for (let d = 0; d < checkedDays; d++) {
      cameFen += treasury.netFen[at + d];
      movedFen += treasury.movedFen[at + d];
    }
    error = movedFen > 0 ? Math.min(errorTop, Math.abs(cameFen - foreseenFen) / movedFen) : 0;
    treasury.errorSum[k] += error;
    treasury.errorCount[k]++;
  }
  // What is granted tomorrow is known already; the days after are taken to be like it.
  const { dayOfMonth, demand, net } = treasury, lentFactor = memory.granted[issuerAt.indexOf(k)];
  const ahead = { balance: balanceFen / shoppers.count, dayOfMonth, demand, backFactor: 1, lentFactor };
  forecastNet(habits, ahead, net.subarray(0, checkedDays));
  let sum = 0;
  for (let d = 0; d < checkedDays; d++) sum += net[d];
  treasury.foreseenFen[place] = sum * shoppers.count;
  return error;
}

/** Stable funding ÷ what needs it: own money and term debts over a year in full, term debts below and lines by half. */
function nsfrOf(position: FundingPosition, restOfBookFen: number): number {
  const { netAssetsFen, longFen, shortFen, balanceFen } = position;
  // What comes back within a month needs half of it; the rest is a loan below a year too, but sticks to its borrowers.
  const soonFen = Math.max(0, balanceFen - restOfBookFen);
  return internalNsfr({
    available: [
      { amount: Math.max(0, netAssetsFen), factor: 1 },
      { amount: longFen, factor: 1 },
      { amount: shortFen, factor: 0.5 },
    ],
    required: [{ amount: soonFen, factor: 0.5 }, { amount: restOfBookFen, factor: 0.85 }],
  });
}

/** The share of the book that was 30 or more days late when yesterday closed. */
function lateShareOf({ recorder, today, terms }: World, k: number): number {
  if (today.day === 0) return NaN;
  const { name } = terms.products[k];
  const of = (column: string) => recorder.columns.get(column)?.values[today.day - 1] ?? 0;
  const balance = of(`balance.${name}`);
  return balance > 0 ? (of(`dpd.${name}.M2`) + of(`dpd.${name}.M3`) + of(`dpd.${name}.M4+`)) / balance : 0;
}
