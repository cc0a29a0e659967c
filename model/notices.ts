// What a shopper is told at each stage of a credit line: the closed list of notices, with the words of each.

/** The kinds of notice, in the order of a line's life. New kinds go to the end. */
export const noticeKinds = [
  "application",
  "grant",
  "refusal",
  "raise",
  "cut",
  "freeze",
  "statement",
  "offer",
] as const;
/** A kind of notice. */
export type NoticeKind = typeof noticeKinds[number];

/** The place of each kind in counts. */
export const notice: Record<NoticeKind, number> = {
  application: 0,
  grant: 1,
  refusal: 2,
  raise: 3,
  cut: 4,
  freeze: 5,
  statement: 6,
  offer: 7,
};

/** The first sentence of each notice; what belongs to the case follows it. */
export const noticeTexts: Record<NoticeKind, string> = {
  application: "You have asked for a credit line. Before you decide, these are its terms.",
  grant: "Your credit line is open.",
  refusal: "We cannot open a credit line for you now.",
  raise: "Your limit has been raised.",
  cut: "Your limit has been lowered.",
  freeze:
    "Part of your limit is on hold for some days, because of several large purchases in a short time. " +
    "It becomes free by itself; call us if they were not yours.",
  statement: "Your statement is ready.",
  offer: "We have an offer for you.",
};
