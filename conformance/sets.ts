// The registry of known-answer sets: the file of each set, and its reader or the layer that it waits for.

import type { FolderReader, Reader } from "./case.ts";
import { amortizationCases } from "./readers/amortization.ts";
import { bondCases } from "./readers/bonds.ts";
import { canonicalJsonCases } from "./readers/canonical_json.ts";
import { clearingVectorCases } from "./readers/clearing_vector.ts";
import { dataIntegrityCases } from "./readers/data_integrity.ts";
import { goldenDealCases, smallWaterfallCases } from "./readers/deals.ts";
import {
  directionCases,
  discrepancyCases,
  haltonCases,
  latinCases,
  sobolPointCases,
} from "./readers/designs.ts";
import { didKeyCases } from "./readers/did_key.ts";
import { primCases } from "./readers/discovery.ts";
import { expectedLossCases } from "./readers/expected_loss.ts";
import { generatorCases } from "./readers/generators.ts";
import { intervalCases } from "./readers/intervals.ts";
import { liquidityCases } from "./readers/liquidity.ts";
import { messageCases } from "./readers/iso20022.ts";
import { nettingCases } from "./readers/netting.ts";
import { oneTimeCodeCases } from "./readers/one_time_codes.ts";
import { portfolioCases, riskWeightCases, vasicekCases } from "./readers/portfolio.ts";
import { privateEquityCases } from "./readers/private_equity.ts";
import { projectFinanceCases } from "./readers/project_finance.ts";
import { quantileCases } from "./readers/quantiles.ts";
import { simcashCases, ubinCycleCases, ubinQueueCases } from "./readers/queue.ts";
import { scoringCases } from "./readers/scoring.ts";
import { fastCases, morrisCases } from "./readers/screening.ts";
import { analyticIndexCases, saltelliCases } from "./readers/sensitivity.ts";
import { sdJwtCases } from "./readers/sd_jwt.ts";
import { settlementWindowCases } from "./readers/settlement_windows.ts";
import { signatureCases, wycheproofCases } from "./readers/signatures.ts";
import { statusListCases } from "./readers/status_list.ts";
import { reverseStressCases, tailRiskCases } from "./readers/stress.ts";
import { stressScenarioCases } from "./readers/stress_scenarios.ts";
import { timeValueCases } from "./readers/time_value.ts";
import { transitionCases } from "./readers/transitions.ts";
import { xirrCases } from "./readers/xirr.ts";

/** How a set is treated: read (a folder as a whole where its files belong together), left until its layer exists, or told to be data of another set. */
export type Treatment = Reader | { folder: FolderReader } | { lacks: string } | { partOf: string };

/** Every set by its path under the folder of vectors; a path that ends in "/" stands for all files below it. */
export const sets: Record<string, Treatment> = {
  "fin/amortization_quantlib.json": amortizationCases,
  "fin/basel_irb_annex5.json": riskWeightCases,
  "fin/bonds.json": bondCases,
  "fin/ecl.json": expectedLossCases,
  "fin/liquidity_lcr_nsfr.json": liquidityCases,
  "fin/portfolio_credit.json": portfolioCases,
  "fin/private_equity_pyxirr.json": privateEquityCases,
  "fin/project_finance_dscr.json": projectFinanceCases,
  "fin/scoring_woe_iv_auc_psi.json": scoringCases,
  "fin/transition_matrices.json": transitionCases,
  "fin/tvm_numpy_financial.json": timeValueCases,
  "fin/tvm_pyxirr.json": timeValueCases,
  "fin/vasicek.json": vasicekCases,
  "fin/waterfall_absbox_golden.json": goldenDealCases,
  "fin/waterfall_small.json": smallWaterfallCases,
  "fin/xirr_pyxirr.json": xirrCases,

  "pay/bitstring_status_list.json": statusListCases,
  "pay/did_key.json": didKeyCases,
  "pay/ed25519_rfc8032.json": signatureCases,
  "pay/eisenberg_noe.json": clearingVectorCases,
  "pay/iso20022/": { folder: messageCases },
  "pay/jcs_rfc8785.json": canonicalJsonCases,
  "pay/mojaloop_ndc_settlement.json": settlementWindowCases,
  "pay/multilateral_netting.json": nettingCases,
  "pay/otp.json": oneTimeCodeCases,
  "pay/sd_jwt_cases.json": sdJwtCases,
  "pay/simcash_rtgs_lsm.json": simcashCases,
  "pay/ubin_corda_cycles.json": ubinCycleCases,
  "pay/ubin_corda_lsm.json": ubinQueueCases,
  "pay/ubin_corda_netting.json": nettingCases,
  "pay/w3c_vc_di_eddsa/": { folder: dataIntegrityCases },
  "pay/wycheproof_ed25519.json": wycheproofCases,

  "wb/bootstrap_ci.json": intervalCases,
  "wb/bryant_lempert_2010.csv": { partOf: "wb/prim_cart.json" },
  "wb/discrepancy.json": discrepancyCases,
  "wb/fast_and_given_data.json": fastCases,
  "wb/halton_points.json": haltonCases,
  "wb/lhs.json": latinCases,
  "wb/morris.json": morrisCases,
  "wb/prim_cart.json": primCases,
  "wb/quantiles_hyndman_fan.json": quantileCases,
  "wb/reverse_stress_closed_form.json": reverseStressCases,
  "wb/saltelli_salib.json": saltelliCases,
  "wb/seeds_rng.json": generatorCases,
  "wb/sobol_indices_analytic.json": analyticIndexCases,
  "wb/sobol_joe_kuo_direction.json": directionCases,
  "wb/sobol_points.json": sobolPointCases,
  "wb/stress_scenarios.json": stressScenarioCases,
  "wb/var_es_closed_form.json": tailRiskCases,
};
