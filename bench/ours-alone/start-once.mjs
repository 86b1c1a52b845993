// In a fresh process, for start-cost.mjs. Argument: what to import.
const before = performance.now();
const module = await import(process.argv[2]);
const importMs = performance.now() - before;
let startMs = 0;
if (module.createPager) {
  // Port 9 discards; nothing is sent before the process ends.
  const webhook = `http://127.0.0.1:9/api/webhooks/11111111111111111/${'t'.repeat(68)}`;
  const at = performance.now();
  module.createPager({ webhooks: { default: webhook }, stateDir: 'none', bootCheck: 'off' });
  startMs = performance.now() - at;
}
console.log(JSON.stringify({ importMs, startMs }));
process.exit(0);
