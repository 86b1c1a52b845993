import { median } from '../report/numbers.mjs';
import { logTexts } from './texts.mjs';

/** Length of a text → how many different ones, and how often each. */
export const SIZES = [
  { bytes: 300, label: '300 B', texts: 400 },
  { bytes: 1024, label: '1 KB', texts: 300 },
  { bytes: 4096, label: '4 KB', texts: 200 },
  { bytes: 65_536, label: '64 KB', texts: 30 },
];

/** The median of a call, in microseconds, per size. */
export async function measureSpeed({ redact }, { rounds, textsShare }) {
  const p50Us = [];
  for (const { bytes, texts: count } of SIZES) {
    const texts = logTexts(bytes, Math.ceil(count * textsShare));
    const timesUs = [];
    // The first rounds are for the compiler.
    for (let round = -Math.ceil(rounds / 2); round < rounds; round++) {
      for (const text of texts) {
        const start = process.hrtime.bigint();
        const output = redact(text);
        if (output instanceof Promise) await output;
        if (round >= 0) timesUs.push(Number(process.hrtime.bigint() - start) / 1000);
      }
    }
    p50Us.push(median(timesUs));
  }
  return p50Us;
}
