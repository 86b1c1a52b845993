// The local Discord, for discord.mjs. Argument: its options as JSON.
import { startDiscordEmulator } from '../dist/testing.js';
import { answerQuestions } from './asked-process.mjs';
import { ChannelReader } from './channel-reader.mjs';
import { nowMs } from './clock.mjs';

const discord = await startDiscordEmulator(JSON.parse(process.argv[2] ?? '{}'));
let reader = new ChannelReader([]);
let requests = 0;
let fault;
discord.on('message', (message) => reader.read(message, nowMs()));
discord.on('edit', (message) => reader.read(message, nowMs()));
discord.on('request', () => {
  requests++;
});

// Which verdicts of the emulator count here: what Discord asks of everybody. Running into a limit stands in a row of its own; whether
// a URL names a version or a message its allowed mentions is good practice, not a rule.
const RULES = new Set([
  'inside_told_wait',
  'hot_loop',
  'edge_block_ignored',
  'after_gone',
  'refused_payload',
  'user_agent_refused',
]);

answerQuestions({
  origin: () => discord.url,
  url: (channel) => discord.webhookUrl(channel),
  /** Forgets everything so far, limits in use included, and looks for these texts from now on. */
  watch(texts, count, withFiles) {
    discord.clear();
    reader = new ChannelReader(texts, count, withFiles);
  },
  repeated: (texts) => reader.repeated(texts),
  fault(given) {
    fault = discord.fault(given);
  },
  endFault: () => fault?.end(),
  requests: () => requests,
  channel: () => reader.report(),
  report() {
    const log = discord.requests();
    const broken = discord.violations().filter(({ rule }) => RULES.has(rule));
    return {
      ...reader.report(),
      messages: discord.messages().length,
      requests: log.length,
      limited: log.filter(({ status }) => status === 429).length,
      refused: log.filter(({ status }) => status >= 400 && status !== 429).length,
      refusal: log.find(({ status }) => status >= 400 && status !== 429)?.error,
      broken: new Set(broken.map(({ request }) => request)).size,
      brokenRules: [...new Set(broken.map(({ rule }) => rule))],
    };
  },
});
