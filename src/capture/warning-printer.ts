import { writeSync } from 'node:fs';

/** A warning repeats no sooner than this. */
const REPEAT_AFTER_MS = 3_600_000;
/** Different warnings in one minute; what is beyond is not printed. */
const MAX_PER_MINUTE = 10;
const MAX_REMEMBERED = 200;

/**
 * What the pager says about itself, on stderr and through OpenTelemetry's `diag`: one line per warning, never once per record.
 */
export interface WarningPrinter {
  warn(code: string, text: string): void;
}

/** Every line of ours on stderr starts like this, so that it can be told from the application's own. */
const PREFIX = 'otel-discord-pager: ';

/** OpenTelemetry's diagnostic logger, once the API is loaded. */
export interface DiagLogger {
  warn(message: string): void;
}

/** Writes a line to stderr by its descriptor: `process.stderr` of a closed pipe would raise an error in the application. */
export function writeStderrLine(line: string): void {
  try {
    writeSync(2, `${line}\n`);
  } catch {
    // Nobody listens: a full or closed pipe must not hurt the application.
  }
}

export function createWarningPrinter(
  now: () => number,
  diag: DiagLogger,
  write: (line: string) => void = writeStderrLine,
): WarningPrinter {
  const printedAt = new Map<string, number>();
  let minute = 0;
  let inMinute = 0;
  return {
    warn(code, text) {
      const at = now();
      const key = `${code}\n${text}`;
      const before = printedAt.get(key);
      if (before !== undefined && at - before < REPEAT_AFTER_MS && at >= before) return;
      const thisMinute = Math.floor(at / 60_000);
      if (thisMinute !== minute) {
        minute = thisMinute;
        inMinute = 0;
      }
      if (++inMinute > MAX_PER_MINUTE) return;
      if (printedAt.size >= MAX_REMEMBERED) printedAt.clear();
      printedAt.set(key, at);
      const lines = `${PREFIX}${text} [${code}]`;
      write(lines.replace(/\r?\n/g, `\n${PREFIX}`));
      try {
        diag.warn(lines);
      } catch {
        // A diagnostic logger of the application that throws is its own affair.
      }
    },
  };
}
