// The parts of the documentation that are made from the built package, so that they cannot be wrong.
import { MAX_TEXT_CHARS } from '../dist/alert.js';
import { MAX_UNDER_WAY_CHARS } from '../dist/capture/supervised-port.js';
import { renderConfigReference } from '../dist/config/config-reference.js';
import { CHANNEL_EDIT_LIMIT, CHANNEL_LIMIT, CHANNEL_RESERVE } from '../dist/delivery/channel-budget.js';
import { DIGEST_FROM } from '../dist/delivery/digest-policy.js';
import { MAX_AGE_MS, MAX_WAITING } from '../dist/delivery/outbox.js';
import { MAX_TRACKED } from '../dist/delivery/posted-messages.js';
import { ATTEMPT_TIMEOUT_MS } from '../dist/delivery/webhook-client.js';
import { MAX_INCIDENTS } from '../dist/pager.js';
import { MAX_AFFECTED } from '../dist/pipeline/incident.js';
import { KEEP_CLOSED_MS } from '../dist/pipeline/incident-stage.js';
import { MAX_EMBEDS, MAX_FILE_BYTES } from '../dist/render/limits.js';
import { ABANDONED_AFTER_MS } from '../dist/state/abandoned.js';
import { MAX_LIVE_CHARS } from '../dist/state/member-log.js';

const count = (value) => value.toLocaleString('en-US');

/** Every bound a user can meet, with what happens at it. */
function boundsTable() {
  const rows = [
    [
      'what waits for one webhook',
      `${count(MAX_WAITING)} notices`,
      'the least urgent goes, the newest of its priority first: `queue_full`',
    ],
    ['age of what waits', `${MAX_AGE_MS / 3_600_000} h`, 'it goes: `expired`'],
    [
      'on the way to the pager’s thread',
      `${count(MAX_UNDER_WAY_CHARS / 1_000_000)} million characters`,
      'only P0 and P1 still get on: `queue_full`',
    ],
    [
      'incidents remembered',
      count(MAX_INCIDENTS),
      'the longest untouched is forgotten; its next occurrence is a new message',
    ],
    ['a closed incident', `${KEEP_CLOSED_MS / 86_400_000} days`, 'it is forgotten; what comes back is a new message'],
    ['instances and routes of an incident', `${MAX_AFFECTED} of each`, 'there were more, which is said'],
    [
      'state of one process under one webhook',
      `${count(MAX_LIVE_CHARS / 1_000_000)} million characters`,
      'the least missed stay in memory only: closed, shown, less urgent first; which is warned of',
    ],
    ['state of a webhook that no process has any more', `${ABANDONED_AFTER_MS / 86_400_000} days`, 'it is removed'],
    [
      'what waits before it is told as a list',
      `${DIGEST_FROM.P1} P1 and more than the channel takes this minute, ${DIGEST_FROM.silent} P2 and below`,
      'a digest',
    ],
    ['messages that are kept up to date', `${count(MAX_TRACKED)} per webhook`, 'the oldest keeps the count it shows'],
    [
      'text of an alert',
      `${count(MAX_TEXT_CHARS)} characters`,
      'cut in the middle, which says so; without a line to go on with, it has no end',
    ],
    ['attached full text', `${count(MAX_FILE_BYTES / 1_048_576)} MiB`, 'cut in the middle'],
    ['incidents in one message', String(MAX_EMBEDS), 'the next ones are in the next message'],
    ['posts to a channel', `${CHANNEL_LIMIT} a minute`, `paced; the last ${CHANNEL_RESERVE} of a minute are for P0`],
    ['edits in a channel', `${CHANNEL_EDIT_LIMIT} a minute`, 'the newest state is shown when its turn comes'],
    ['one request', `${ATTEMPT_TIMEOUT_MS / 1_000} s`, 'sent again, with growing pauses of up to 30 s'],
  ];
  return ['| bound | at | what happens |\n| --- | --- | --- |', ...rows.map((row) => `| ${row.join(' | ')} |`)].join(
    '\n',
  );
}

/** File, name of the marker, text between the markers. */
export const generatedParts = [
  ['docs/configuration.md', 'configuration', renderConfigReference().trim()],
  ['docs/guarantees.md', 'bounds', boundsTable()],
];

/** The page with its part replaced. @throws {Error} when the markers are not there. */
export function withPart(page, marker, text) {
  const place = new RegExp(`<!-- ${marker} -->[\\s\\S]*?<!-- /${marker} -->`);
  if (!place.test(page)) throw new Error(`no <!-- ${marker} --> … <!-- /${marker} -->`);
  return page.replace(place, () => `<!-- ${marker} -->\n${text}\n<!-- /${marker} -->`);
}
