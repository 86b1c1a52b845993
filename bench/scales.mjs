/** How much is measured: the run whose figures count, and a smoke run that only shows that every contender still works. */
export const FULL = {
  callCost: { bursts: 20, perBurst: 15, lone: 200 },
  belowThreshold: { rounds: 90, perRound: 500 },
  singlePage: { rounds: 2, count: 25, pauseMs: 100 },
  distinct: 200,
  identical: 10_000,
  observeMs: 60_000,
  // Longer than a webhook's window, and than what the warm-up message may draw after it.
  settleMs: 2_200,
  // Longer than the pauses that discord.js makes to keep below 50 requests a second, and than winston-discord-webhook's interval.
  quietMs: 2_700,
  atOnce: 1,
  alone: true,
};

export const QUICK = {
  callCost: { bursts: 2, perBurst: 5, lone: 5 },
  belowThreshold: { rounds: 6, perRound: 50 },
  singlePage: { rounds: 1, count: 3, pauseMs: 100 },
  distinct: 40,
  identical: 500,
  observeMs: 4_000,
  settleMs: 200,
  quietMs: 200,
  atOnce: 4,
  alone: false,
};
