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
const SMALL_CHARS = 65_536;
/** Four times the text may take six times as long, since the step before or the one before that; a square would take sixteen. */
const MAX_RATIO = 6;
const SQUARE_RATIO = 16;
const MAX_ROUNDS = 6;

/** The time this process computes for; what others take of the machine meanwhile does not count. */
function processorMs(run: () => unknown): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

/**
 * What is wrong with the time that `run` takes for longer and longer texts, or undefined. A step that looks bad is measured again, and the
 * one before it too, six times at most: the shortest times are those that nothing disturbed.
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
  const done: { readonly chars: number; ms: number }[] = [];
  const measure = (step: (typeof done)[number]): void => {
    const text = textOf(step.chars);
    step.ms = Math.min(
      step.ms,
      processorMs(() => run(text)),
    );
  };
  for (const chars of STEPS_CHARS.filter((one) => one <= (bounds.maxChars ?? one))) {
    const before = done.at(-1);
    const growth = (ratio: number, since: (typeof done)[number]): number =>
      since.ms * ratio ** (Math.log2(chars / since.chars) / 2);
    // Where a square would stay below the floor as well, there is nothing to see.
    if (before !== undefined && chars !== SMALL_CHARS && growth(SQUARE_RATIO, before) <= bounds.floorMs) continue;
    const step = { chars, ms: Number.POSITIVE_INFINITY };
    const boundMs = chars > SMALL_CHARS ? bounds.largeMs : bounds.smallMs;
    const isGood = (): boolean => {
      measure(step);
      if (step.ms > boundMs) return false;
      return step.ms <= bounds.floorMs || done.slice(-2).some((one) => step.ms <= growth(MAX_RATIO, one));
    };
    for (let round = 1; !isGood() && (step.ms > boundMs || done.length > 0); round++) {
      // Nothing disturbs that much: it would only take longer to say so.
      if (round === MAX_ROUNDS || step.ms > 4 * boundMs) {
        const said = [...done, step].map((one) => `${one.chars}: ${one.ms.toFixed(1)} ms`);
        return `${JSON.stringify(lead + unit).slice(0, 80)}… ${said.join(', ')}`;
      }
      if (before !== undefined) measure(before);
    }
    done.push(step);
  }
  return undefined;
}
