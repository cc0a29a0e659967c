// Every chart of a comparison, by the name under which it stands in the page.

import { allowances } from "#/server/charts/allowances.ts";
import { attributesDisclosed } from "#/server/charts/attributes_disclosed.ts";
import { balanceOf } from "#/server/charts/balances.ts";
import { bridgeQueue } from "#/server/charts/bridge_queue.ts";
import { breaksByDay } from "#/server/charts/breaks_by_day.ts";
import { bridgeByHour } from "#/server/charts/bridge_by_hour.ts";
import { bridged } from "#/server/charts/bridged.ts";
import { calibration } from "#/server/charts/calibration.ts";
import { challenged } from "#/server/charts/challenged.ts";
import type { Chart } from "#/server/charts/chart.ts";
import { consents } from "#/server/charts/consents.ts";
import { creditLines } from "#/server/charts/credit_lines.ts";
import { dataUses } from "#/server/charts/data_uses.ts";
import { foreignExchange } from "#/server/charts/foreign_exchange.ts";
import { exposure } from "#/server/charts/exposure.ts";
import { fateOfWants } from "#/server/charts/fate_of_wants.ts";
import { fraudAttempts } from "#/server/charts/fraud_attempts.ts";
import { fraudByLayer } from "#/server/charts/fraud_by_layer.ts";
import { fraudTaken } from "#/server/charts/fraud_taken.ts";
import { fundingOf } from "#/server/charts/funding_by_source.ts";
import { hardship } from "#/server/charts/hardship.ts";
import { latenessOf } from "#/server/charts/lateness.ts";
import { lossesByParty } from "#/server/charts/losses_by_party.ts";
import { lostByDay } from "#/server/charts/lost_by_day.ts";
import { netLoss } from "#/server/charts/net_loss.ts";
import { paidWith } from "#/server/charts/paid_with.ts";
import { peakLiquidity } from "#/server/charts/peak_liquidity.ts";
import { prefunding } from "#/server/charts/prefunding.ts";
import { projectCash } from "#/server/charts/project_cash.ts";
import { projectResult } from "#/server/charts/project_result.ts";
import { purchasesByDay } from "#/server/charts/purchases_by_day.ts";
import { putOff } from "#/server/charts/put_off.ts";
import { railsByHour } from "#/server/charts/rails_by_hour.ts";
import { refusedByLayer } from "#/server/charts/refused_by_layer.ts";
import { refusedByReason } from "#/server/charts/refused_by_reason.ts";
import { resultsByParty } from "#/server/charts/results_by_party.ts";
import { rollMatrixOf } from "#/server/charts/roll_matrix.ts";
import { settlementDelay } from "#/server/charts/settlement_delay.ts";
import { squeeze } from "#/server/charts/squeeze.ts";
import { throttle } from "#/server/charts/throttle.ts";
import { transfersByFate } from "#/server/charts/transfers_by_fate.ts";
import { vintagesOf } from "#/server/charts/vintages.ts";
import { usersOf } from "#/server/charts/users.ts";

/** A new chart is a file beside this one and a line here. */
export const gallery = {
  "fate-of-wants": fateOfWants,
  "purchases-by-day": purchasesByDay,
  "lost-by-day": lostByDay,
  "put-off": putOff,
  "paid-with": paidWith,
  "refused-by-layer": refusedByLayer,
  "refused-by-reason": refusedByReason,
  "fraud-taken": fraudTaken,
  "fraud-attempts": fraudAttempts,
  "fraud-by-layer": fraudByLayer,
  "challenged": challenged,
  "data-uses": dataUses,
  "attributes-disclosed": attributesDisclosed,
  "consents": consents,
  "exposure": exposure,
  "users-baitiao": usersOf("baitiao"),
  "users-huabei": usersOf("huabei"),
  "balance-baitiao": balanceOf("baitiao"),
  "balance-huabei": balanceOf("huabei"),
  "lateness-baitiao": latenessOf("baitiao"),
  "lateness-huabei": latenessOf("huabei"),
  "roll-matrix-baitiao": rollMatrixOf("baitiao"),
  "roll-matrix-huabei": rollMatrixOf("huabei"),
  "vintages-baitiao": vintagesOf("baitiao"),
  "vintages-huabei": vintagesOf("huabei"),
  "allowances": allowances,
  "bridged": bridged,
  "prefunding": prefunding,
  "bridge-queue": bridgeQueue,
  "transfers-by-fate": transfersByFate,
  "breaks-by-day": breaksByDay,
  "rails-by-hour": railsByHour,
  "bridge-by-hour": bridgeByHour,
  "peak-liquidity": peakLiquidity,
  "settlement-delay": settlementDelay,
  "credit-lines": creditLines,
  "foreign-exchange": foreignExchange,
  "funding-jd": fundingOf("jd"),
  "funding-ant": fundingOf("ant"),
  "throttle": throttle,
  "squeeze": squeeze,
  "net-loss": netLoss,
  "losses-by-party": lossesByParty,
  "results-by-party": resultsByParty,
  "project-cash": projectCash,
  "project-result": projectResult,
  "calibration": calibration,
  "hardship": hardship,
} satisfies Record<string, Chart>;

/** The name of a chart of the gallery. */
export type ChartName = keyof typeof gallery;
