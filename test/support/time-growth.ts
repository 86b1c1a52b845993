/** How fast something must be, in milliseconds of processor time. */
export interface TimeBounds {
  /** 64 KB of text, in UTF-16 units. */
  readonly smallMs: number;
  /** 256 KB. */
  readonly largeMs: number;
  /** What takes no longer has no growth that can be measured: caches and the compiler make more of a difference. */
  readonly floorMs: number;
  /** How far to go. @default 262_144 */
  readonly maxChars?: number;
}

/** `lead` once, then `unit` over and over until the text is full, but for `end`: something that nothing before it wants. */
export interface HostileText {
  readonly lead: string;
  readonly unit: string;
  /** @default '\0' */
  readonly end?: string;
}

/** Each is four times the one before; a square is seen early, before it takes minutes. */
const STEPS_CHARS = [4_096, 16_384, 65_536, 262_144] as const;
/** Four times the text may take six times as long, if not from one step to the next then over two; a square would be sixteen. */
const MAX_RATIO = 6;
const MAX_ROUNDS = 10;

/** The time this process computes for; what others take of the machine meanwhile does not count. */
function processorMs(run: () => unknown): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

/**
 * What is wrong with the time that `run` takes for longer and longer texts, or undefined. A step that looks bad is measured again, and the
 * one before it too, ten times at most: the shortest times are those that nothing disturbed.
 */
export function slownessOf(
  run: (text: string) => unknown,
  { lead, unit, end = '\0' }: HostileText,
  bounds: TimeBounds,
): string | undefined {
  const textOf = (chars: number): string => {
    const text = `${lead}${unit.repeat(Math.ceil(chars / unit.length))}`.slice(0, chars - end.length) + end;
    // V8 puts the pieces together when one of them is read, which is not what is measured.
    text.charCodeAt(0);
    return text;
  };
  const leastMs = STEPS_CHARS.map(() => Number.POSITIVE_INFINITY);
  const measure = (step: number): number => {
    const text = textOf(STEPS_CHARS[step] ?? 0);
    const ms = Math.min(
      leastMs[step] ?? Number.POSITIVE_INFINITY,
      processorMs(() => run(text)),
    );
    leastMs[step] = ms;
    return ms;
  };
  const ofBefore = (step: number, ratio: number): number => (leastMs[step] ?? Number.NEGATIVE_INFINITY) * ratio;
  const boundsMs = [bounds.smallMs, bounds.smallMs, bounds.smallMs, bounds.largeMs];
  for (const [step, boundMs] of boundsMs.entries()) {
    if ((STEPS_CHARS[step] ?? 0) > (bounds.maxChars ?? Number.POSITIVE_INFINITY)) break;
    const isGood = (): boolean => {
      const ms = measure(step);
      if (ms > boundMs) return false;
      if (ms <= bounds.floorMs || step === 0) return true;
      return ms <= Math.max(ofBefore(step - 1, MAX_RATIO), ofBefore(step - 2, MAX_RATIO ** 2));
    };
    let rounds = 1;
    while (!isGood()) {
      // Nothing disturbs that much: it would only take longer to say so.
      if (++rounds > MAX_ROUNDS || (leastMs[step] ?? 0) > 4 * boundMs) {
        const said = leastMs.slice(0, step + 1).map((ms, index) => `${STEPS_CHARS[index]}: ${ms.toFixed(1)} ms`);
        return `${JSON.stringify(lead + unit).slice(0, 80)}… ${said.join(', ')}`;
      }
      if (step > 0) measure(step - 1);
    }
  }
  return undefined;
}
