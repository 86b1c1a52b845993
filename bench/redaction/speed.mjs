import { median } from '../report/numbers.mjs';
import { logTexts } from './texts.mjs';

/** Length of a text → how many different ones, and how often each. */
export const SIZES = [
  { bytes: 300, label: '300 B', texts: 400 },
  { bytes: 1024, label: '1 KB', texts: 300 },
  { bytes: 4096, label: '4 KB', texts: 200 },
  { bytes: 65_536, label: '64 KB', texts: 30 },
];

/** So often every text is put through before anything is measured: a service has run for longer when something breaks. */
const WARM_UPS = 4;

/** The median of a call, in microseconds, per size. */
export async function measureSpeed({ redact }, { rounds, textsShare }) {
  const sizes = SIZES.map(({ bytes, texts }) => logTexts(bytes, Math.ceil(texts * textsShare)));
  for (let round = 0; round < WARM_UPS * textsShare; round++) {
    for (const text of sizes.flat()) await redact(text);
  }
  const p50Us = [];
  for (const texts of sizes) {
    const timesUs = [];
    for (let round = 0; round < rounds; round++) {
      for (const text of texts) {
        const start = process.hrtime.bigint();
        const output = redact(text);
        if (output instanceof Promise) await output;
        timesUs.push(Number(process.hrtime.bigint() - start) / 1000);
      }
    }
    p50Us.push(median(timesUs));
  }
  return p50Us;
}
