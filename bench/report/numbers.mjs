export function quantile(values, q) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))];
}

export const median = (values) => quantile(values, 0.5);

export const number = (value, digits = 0) =>
  value.toLocaleString('en-US', { maximumFractionDigits: digits, minimumFractionDigits: digits });

/** Two digits at least: 0.05, 0.84, 8.4, 84, 840. */
const rounded = (value) => number(value, Math.abs(value) < 1 ? 2 : Math.abs(value) < 10 ? 1 : 0);

export function duration(ms) {
  if (ms < 1) return `${rounded(ms * 1000)} µs`;
  return ms < 1000 ? `${rounded(ms)} ms` : `${number(ms / 1000, 1)} s`;
}

export const megabytes = (mb) => `${number(mb)} MB`;

export const times = (ratio) => (ratio < 0.005 ? '< 0.01 ×' : `${rounded(ratio)} ×`);
