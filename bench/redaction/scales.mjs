/** How much is measured: the run whose figures count, and a smoke run that only shows that all of them still work. */
export const FULL = {
  casesCount: undefined,
  benignTimes: 6,
  rounds: 6,
  textsShare: 1,
  tries: 8,
  lengths: [65_536, 262_144],
};
export const QUICK = {
  casesCount: 900,
  benignTimes: 1,
  rounds: 1,
  textsShare: 0.1,
  tries: 1,
  lengths: [4_096, 16_384],
};
