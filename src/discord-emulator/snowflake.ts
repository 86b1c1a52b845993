/** Milliseconds between the Unix epoch and Discord's. @see https://discord.com/developers/docs/reference#snowflakes */
const DISCORD_EPOCH_MS = 1_420_070_400_000;

// Ids of the first weeks of 2015 have fewer than 17 digits, which clients rightly refuse: a clock that stands earlier (a test's
// clock often starts at 0) gets ids as if it were 2016.
const EARLIEST_ID_MS = 1_451_606_400_000;

const SEQUENCE_SIZE = 4096n;

/** Hands out ids; each is greater than every one before it. */
export interface Snowflakes {
  next(nowMs: number): string;
}

/**
 * Ids as Discord's: milliseconds since 2015 shifted by 22 bits, plus a running number; 17–20 digits, more than a JavaScript
 * number holds, hence strings. Still rising when the clock stands still or goes back.
 */
export function createSnowflakes(): Snowflakes {
  let last = 0n;
  return {
    next(nowMs) {
      const timed = BigInt(Math.max(Math.trunc(nowMs), EARLIEST_ID_MS) - DISCORD_EPOCH_MS) << 22n;
      // Within one millisecond the low 12 bits count up; past 4096 they carry into the next millisecond by themselves, skipping the
      // worker bits so that the time read back from an id stays right to within the overflow.
      const following = (last & 0xfffn) === SEQUENCE_SIZE - 1n ? ((last >> 22n) + 1n) << 22n : last + 1n;
      last = timed > last ? timed : following;
      return last.toString();
    },
  };
}

/** When an id was made, ms since the Unix epoch. */
export function snowflakeTimeMs(id: string): number {
  return Number(BigInt(id) >> 22n) + DISCORD_EPOCH_MS;
}

/** True for text that can be an id: 17–20 digits. */
export function isSnowflake(text: unknown): text is string {
  return typeof text === 'string' && /^\d{17,20}$/.test(text);
}
