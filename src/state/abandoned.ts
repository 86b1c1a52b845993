import { join } from 'node:path';
import type { StateFiles } from './files.ts';

/** What nobody has inherited for so long belongs to a webhook that no process has any more. */
export const ABANDONED_AFTER_MS: number = 7 * 86_400_000;

/** Removes the shelves of webhooks, other than `own`, on which no member has given a sign of life for a week. */
export async function removeAbandoned(
  room: string,
  own: ReadonlySet<string>,
  files: StateFiles,
  nowMs: number,
): Promise<void> {
  for (const webhookId of await files.list(room)) {
    if (own.has(webhookId)) continue;
    const members = join(room, webhookId, 'members');
    const signs = [await files.modifiedMs(members)];
    for (const id of await files.list(members)) signs.push(await files.modifiedMs(join(members, id, 'member.json')));
    const lastMs = Math.max(0, ...signs.filter((sign) => sign !== undefined));
    if (lastMs > 0 && nowMs - lastMs > ABANDONED_AFTER_MS) await files.remove(join(room, webhookId));
  }
}
