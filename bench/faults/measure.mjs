import { CONTENDERS } from '../contenders.mjs';
import { ANSWERS_AT_ONCE, AS_DISCORD } from '../discord.mjs';
import { measureOutage } from './outage.mjs';
import { deathTrial, killTrial, withDiscord } from './trials.mjs';

/** The forms of this package that die differently. */
const OURS = [
  { module: 'pager-otel', title: 'this package', isOurs: true },
  { module: 'pager-page', title: '… by `page()`', isOurs: true },
  { module: 'pager-pino', title: '… through pino', isOurs: true },
];
const PEERS = CONTENDERS.filter(({ module }) => !module.startsWith('pager-'));
export const EVERYBODY = [...OURS, ...PEERS];

export const WAYS = ['throw', 'exit', 'SIGTERM', 'handled SIGTERM'];

/** Runs trials side by side, `atOnce` of them; each worker has Discords of its own. */
async function inTurns(jobs, atOnce, say) {
  const results = new Map();
  const waiting = [...jobs];
  let done = 0;
  const work = () =>
    withDiscords(async (discords) => {
      for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) {
        let trial;
        try {
          trial = await job.run(discords[job.answers ?? 'as Discord does']);
        } catch (error) {
          trial = { failed: error.message };
        }
        const key = `${job.module}/${job.what}`;
        results.set(key, [...(results.get(key) ?? []), trial]);
        if (++done % 20 === 0) say(`${done} of ${jobs.length} trials`);
      }
    });
  await Promise.all(Array.from({ length: atOnce }, work));
  return results;
}

const withDiscords = (run) =>
  withDiscord(AS_DISCORD, (usual) =>
    withDiscord(ANSWERS_AT_ONCE, (quick) => run({ 'as Discord does': usual, 'at once': quick })),
  );

/** Every trial of every contender. Ways are dealt round, so that a change of the machine's speed meets all alike. */
export async function measureFaults(scale, say) {
  const jobs = [];
  const most = Math.max(scale.ours, scale.peers, scale.kills);
  for (let round = 0; round < most; round++) {
    for (const contender of EVERYBODY) {
      const { module, isOurs = false } = contender;
      // Of this package the trials of a way are shared out among its three forms.
      const perForm = (count) => (isOurs ? Math.ceil(count / OURS.length) : count);
      for (const way of WAYS) {
        // Whoever logs through pino needs a handler, or a signal ends its thread too: see the README.
        if (way === 'handled SIGTERM' && !module.includes('pino')) continue;
        if (round < perForm(isOurs ? scale.ours : scale.peers)) {
          jobs.push({ module, what: way, run: (discord) => deathTrial(discord, contender, way, scale.queued) });
        }
      }
      if (round < perForm(isOurs ? scale.kills : scale.peerKills)) {
        const livesMs = 700 + ((round * 137) % 1_300);
        for (const answers of ['as Discord does', 'at once']) {
          const run = (discord) => killTrial(discord, contender, livesMs);
          jobs.push({ module, what: `SIGKILL, ${answers}`, answers, run });
        }
      }
    }
  }
  const trials = await inTurns(jobs, scale.atOnce, say);
  say('outage');
  const outages = new Map();
  for (let i = 0; i < EVERYBODY.length; i += 3) {
    await Promise.all(
      EVERYBODY.slice(i, i + 3).map(async (contender) => {
        try {
          outages.set(contender.module, await measureOutage(contender, scale.outageMs));
        } catch (error) {
          outages.set(contender.module, { failed: error.message });
        }
      }),
    );
  }
  return { trials, outages };
}
