// An application under load that comes to its end. Arguments: contender, its options as JSON, way, how many errors are queued.
import { writeSync } from 'node:fs';
import { nowMs } from '../clock.mjs';
import { distinctText, errorOf, FATAL_TEXT, WARM_TEXT } from '../load/errors.mjs';

const [module, options, way, count] = process.argv.slice(2);
const { start } = await import(`../contenders/${module}.mjs`);
const contender = await start(JSON.parse(options));
// By then every thread and connection is there, as in a service that has been running.
contender.error(errorOf(WARM_TEXT));
await new Promise((resolve) => process.once('message', resolve));

for (let i = 0; i < Number(count); i++) contender.error(errorOf(distinctText(i)));
contender.fatal(errorOf(FATAL_TEXT));
// Not by the event loop, which may not come round again.
writeSync(1, `dying ${nowMs()}\n`);
switch (way) {
  case 'throw':
    throw new Error('and then the end');
  case 'exit':
    process.exit(1);
    break;
  case 'handled SIGTERM':
    process.on('SIGTERM', () => process.exit(143));
    process.kill(process.pid, 'SIGTERM');
    setInterval(() => {}, 1_000);
    break;
  case 'SIGTERM':
    process.kill(process.pid, 'SIGTERM');
    setInterval(() => {}, 1_000);
    break;
}
