// Preloaded (NODE_OPTIONS=--import) for the two contenders that know no other address than Discord's own: sends what is meant for
// Discord to the local one, below their code and for the price of one comparison a request. The others take an address.
import http from 'node:http';
import https from 'node:https';
import { createRequire } from 'node:module';
import { isMainThread } from 'node:worker_threads';

const discord = new URL(process.env['BENCH_DISCORD_ORIGIN']);
const isDiscord = (host) => host === 'discord.com' || host === 'discordapp.com';

// superagent asks node:https.
const request = https.request;
https.request = (options, ...rest) =>
  isDiscord(options.host ?? options.hostname)
    ? http.request(
        { ...options, protocol: 'http:', host: discord.hostname, hostname: discord.hostname, port: discord.port },
        ...rest,
      )
    : request(options, ...rest);

// discord.js asks undici's global dispatcher. In pino's worker only: the application's thread never loads undici there.
if (!isMainThread) {
  const ofDiscordJs = createRequire(createRequire(import.meta.url).resolve('discord.js'));
  const { Agent, setGlobalDispatcher } = ofDiscordJs('undici');
  setGlobalDispatcher(
    new Agent().compose((dispatch) => (options, handler) => {
      const url = new URL(options.origin);
      return dispatch(isDiscord(url.hostname) ? { ...options, origin: discord.origin } : options, handler);
    }),
  );
}
