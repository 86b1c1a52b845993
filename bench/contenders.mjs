/**
 * Who is compared, in the order of the table's columns. `module` is the file in contenders/, each of which exports
 * `start({ url, channels, filtered })` and gives back what an application calls:
 *
 * - `error(error, channel?)`, `fatal(error)`: as the library's README writes it; `channel` names one of `channels` and is read by
 *   this package alone, see measure/single-page.mjs;
 * - `info(text)`: a record that is none of Discord's business, where the library or its logger can tell; started with `filtered`.
 */
export const CONTENDERS = [
  { module: 'pager-otel', title: 'this package', plotted: 'this package', packages: [] },
  { module: 'pager-pino', title: '… through pino', plotted: 'this package, through pino', packages: ['pino'] },
  { module: 'fetch', title: '`fetch`', plotted: 'fetch', packages: [] },
  { module: 'discord-js', title: 'discord.js', plotted: 'discord.js', packages: ['discord.js'] },
  {
    module: 'pino-discord-webhook',
    title: 'pino-discord-webhook',
    plotted: 'pino-discord-webhook',
    packages: ['pino-discord-webhook', 'pino'],
    toLoopback: true,
  },
  {
    module: 'pino-discord-transport',
    title: 'pino-discord-transport',
    plotted: 'pino-discord-transport',
    packages: ['pino-discord-transport', 'pino-8'],
  },
  {
    module: 'winston-discord-transport',
    title: 'winston-discord-transport',
    plotted: 'winston-discord-transport',
    packages: ['winston-discord-transport', 'winston'],
    toLoopback: true,
  },
  {
    module: 'winston-discord-webhook',
    title: 'winston-discord-webhook',
    plotted: 'winston-discord-webhook',
    packages: ['winston-discord-webhook', 'winston'],
  },
];

/** The process without any of them: what it weighs and how busy the load itself keeps it. */
export const NOBODY = { module: 'nobody', title: 'nobody', packages: [] };
