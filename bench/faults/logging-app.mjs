// An application that logs one error after the other until it is killed, and says which and when. Arguments: contender, its options.
import { writeSync } from 'node:fs';
import { nowMs } from '../clock.mjs';
import { distinctText, errorOf, WARM_TEXT } from '../load/errors.mjs';

const [module, options] = process.argv.slice(2);
const { start } = await import(`../contenders/${module}.mjs`);
const contender = await start(JSON.parse(options));
contender.error(errorOf(WARM_TEXT));
await new Promise((resolve) => process.once('message', resolve));
let i = 0;
setInterval(() => {
  contender.error(errorOf(distinctText(i)));
  writeSync(1, `logged ${i} ${nowMs()}\n`);
  i++;
}, 20);
