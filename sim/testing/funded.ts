// A village whose lender uses every source of money: what tests of funding start from.

/** Switches all sources of an issuer on, with little time between what they do. */
export const allSources = (issuer: "jd" | "ant"): string[] => {
  const of = `funding.${issuer}.`;
  return [
    ...["uncommittedLine", "shareholderLoan", "jointLoan", "abs", "privatePlacement", "supplierFinance"]
      .map((source) => `${of}${source}.active=true`),
    `${of}bankLine.secured=true`,
    `${of}abs.everyDays=20`,
    `${of}abs.revolvingDays=60`,
    `${of}privatePlacement.termDays=60`,
    `${of}supplierFinance.termDays=20`,
  ];
};
