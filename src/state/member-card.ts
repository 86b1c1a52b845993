import type { ProcessIdentity } from './process-identity.ts';

/** What a member says about itself in `member.json`. Its modification time is its last sign of life. */
export interface MemberCard {
  readonly process: ProcessIdentity;
  readonly service?: string;
  readonly environment?: string;
  readonly startedMs: number;
  /** It has left by itself. */
  readonly endedMs?: number;
}

export const MAX_CARD_BYTES = 4_096;

export function toCardText(card: MemberCard): string {
  return JSON.stringify({ v: 1, ...card });
}

/** Undefined when it is none. */
export function readCard(text: string | undefined): MemberCard | undefined {
  try {
    const value = JSON.parse(text ?? '') as Record<string, unknown>;
    const process = value['process'] as Record<string, unknown> | undefined;
    const isWhole =
      value['v'] === 1 &&
      typeof value['startedMs'] === 'number' &&
      typeof process?.['pid'] === 'number' &&
      ['host', 'boot', 'pidNamespace', 'start'].every((name) => typeof process[name] === 'string');
    return isWhole ? (value as unknown as MemberCard) : undefined;
  } catch {
    return undefined;
  }
}
