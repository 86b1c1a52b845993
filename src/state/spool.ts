import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import type { Incident } from '../pipeline/incident.ts';
import { ROOM } from './directory-incident-store.ts';
import { systemFiles } from './files.ts';
import { systemProcessTable } from './process-identity.ts';
import { Shelf } from './shelf.ts';

/** A notice that waits on disk to be shown. */
export interface SpooledNotice {
  readonly webhookId: string;
  readonly incident: Incident;
  readonly sinceMs: number;
  /** The process that has it, while that runs. */
  readonly heldBy: number | undefined;
}

/** Everything that waits in a state directory, whoever left it. Changes nothing. */
export async function listSpool(path: string, clock: Clock): Promise<SpooledNotice[]> {
  const notices: SpooledNotice[] = [];
  for (const [webhookId, shelf] of await shelvesOf(path, clock)) {
    for (const { id, card, isAlive } of await shelf.others()) {
      for (const incident of await shelf.look(id)) {
        const { pendingSinceMs: sinceMs } = incident;
        if (sinceMs === undefined) continue;
        notices.push({ webhookId, incident, sinceMs, heldBy: isAlive ? card?.process.pid : undefined });
      }
    }
  }
  return notices;
}

/** Throws away what ended processes have left waiting; what has been shown stays known. */
export async function clearSpool(path: string, clock: Clock): Promise<{ cleared: number; running: number }> {
  let cleared = 0;
  const running = (await listSpool(path, clock)).filter(({ heldBy }) => heldBy !== undefined).length;
  for (const [, shelf] of await shelvesOf(path, clock)) {
    const ended = (await shelf.others()).filter(({ isAlive }) => !isAlive);
    if (ended.length === 0) continue;
    await shelf.settle();
    for (const { id } of ended) {
      const legacy = await shelf.inherit(id);
      for (const incident of legacy?.incidents ?? []) {
        const isWaiting = incident.pendingSinceMs !== undefined;
        if (isWaiting) cleared++;
        delete incident.pendingSinceMs;
        delete incident.owedReason;
        await shelf.claims.seize(incident.fingerprint);
        if (incident.message === undefined && isWaiting) await shelf.release(incident.fingerprint);
        else shelf.log.put(incident);
      }
      if (await shelf.log.flush()) await legacy?.discard();
    }
    await shelf.end();
  }
  return { cleared, running };
}

async function shelvesOf(path: string, clock: Clock): Promise<[string, Shelf][]> {
  const room = join(path, ROOM);
  const processes = systemProcessTable();
  const memberId = `${process.pid}-spool`;
  return (await systemFiles.list(room)).map((webhookId) => [
    webhookId,
    new Shelf({
      path: join(room, webhookId),
      memberId,
      card: { process: processes.own, startedMs: clock.now() },
      files: systemFiles,
      clock,
      processes,
      events: { failed: () => undefined, unsaved: () => undefined, damaged: () => undefined },
    }),
  ]);
}
