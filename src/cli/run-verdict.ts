import type { PageInput } from '../capture/map-page.ts';
import type { Priority } from '../priority.ts';
import { formatDuration } from '../render/wording.ts';
import { isEndBy, type RunEnd, signalNumber } from './supervised-child.ts';

/** What `run` was asked for. */
export interface RunOrder {
  readonly command: readonly string[];
  /** What the command is called in pages. */
  readonly name: string;
  /** Of a plain exit code that is not 0. */
  readonly priority: Priority;
  readonly notifySuccess: boolean;
}

/** What to end with, and what to say about it. */
export interface Verdict {
  readonly exitCode: number;
  /** Nothing where nobody has to hear of it. */
  readonly page?: PageInput & { readonly title: string };
  readonly isSuccess: boolean;
}

/** As timeout(1) and the shells have it: https://www.gnu.org/software/coreutils/manual/html_node/timeout-invocation.html */
const TIMED_OUT = 124;
const NOT_EXECUTABLE = 126;
const NOT_FOUND = 127;
const SIGNALLED = 128;

/** Longest command line that is shown: what it does stands at its beginning. */
const MAX_COMMAND_CHARS = 200;

/**
 * Decides what an end means. Whoever asked for it with a signal gets no page, as long as the command ended by that signal, with 0, or
 * with 128 + n. Pure.
 */
export function judge(end: RunEnd, order: RunOrder): Verdict {
  const { name } = order;
  if (end.timedOutAfterMs !== undefined) {
    return failed(end, order, TIMED_OUT, `${name} ran longer than ${inWords(end.timedOutAfterMs)} and was stopped`);
  }
  if (end.failure !== undefined) {
    const code = end.failure === 'EACCES' ? NOT_EXECUTABLE : NOT_FOUND;
    return failed(end, order, code, `${name} could not be started: ${end.failure}${failureInWords(end.failure)}`);
  }
  const exitCode = end.signal === null ? (end.code ?? 1) : SIGNALLED + signalNumber(end.signal);
  if (exitCode === 0)
    return { exitCode, isSuccess: true, ...(order.notifySuccess ? { page: success(end, order) } : {}) };
  if (isEndBy(end, end.toldToStop)) return { exitCode, isSuccess: false };
  return failed(end, order, exitCode, titleOf(end, exitCode, name));
}

/** A duration of any length, as a reader says it. */
function inWords(durationMs: number): string {
  return durationMs < 1_000 ? `${durationMs} ms` : formatDuration(durationMs);
}

function failed(end: RunEnd, order: RunOrder, exitCode: number, title: string): Verdict {
  const isPlain = end.signal === null && end.failure === undefined && end.timedOutAfterMs === undefined;
  const how =
    end.failure !== undefined
      ? { error: end.failure }
      : end.signal === null
        ? { 'exit code': String(end.code) }
        : { signal: end.signal };
  return {
    exitCode,
    isSuccess: false,
    page: {
      title,
      message: end.lastLines,
      priority: isPlain ? order.priority : 'P0',
      fields: {
        ...how,
        ...(end.failure === undefined ? { ran: inWords(end.tookMs) } : {}),
        ...(end.toldToStop.size === 0 ? {} : { 'told to stop by': [...end.toldToStop].join(', ') }),
        command: commandLine(order.command),
      },
    },
  };
}

function success(end: RunEnd, { name, command }: RunOrder): PageInput & { readonly title: string } {
  return {
    title: `${name} finished in ${inWords(end.tookMs)}`,
    priority: 'P3',
    fields: { command: commandLine(command) },
    attributes: { 'pager.outcome': 'success' },
  };
}

function titleOf(end: RunEnd, exitCode: number, name: string): string {
  const signal = end.signal ?? signalOf(exitCode);
  const how = end.signal === null ? `exited with code ${exitCode}` : `was killed by ${end.signal}`;
  if (signal !== undefined && HEAP_IS_FULL.test(end.lastLines)) {
    return `${name} ran out of memory (JavaScript heap) and ${how}`;
  }
  const cause = signal === undefined ? '' : (CAUSES[signal] ?? '');
  // A shell that ran the command tells of its signal by a code.
  const told = end.signal === null && signal !== undefined ? [signal, cause] : [cause];
  const note = told.filter((part) => part !== '').join(', ');
  return `${name} ${how}${note === '' ? '' : ` (${note})`}`;
}

/** What V8 says before it aborts. */
const HEAP_IS_FULL = /JavaScript heap out of memory/;

/** What is mostly behind a signal. */
const CAUSES: Readonly<Record<string, string>> = { SIGKILL: 'out of memory?', SIGSEGV: 'segmentation fault' };

/** Those by which processes die, rather than are told to. */
const DEADLY: readonly NodeJS.Signals[] = ['SIGKILL', 'SIGSEGV', 'SIGABRT', 'SIGBUS', 'SIGILL', 'SIGFPE', 'SIGTRAP'];

function signalOf(exitCode: number): NodeJS.Signals | undefined {
  return DEADLY.find((signal) => exitCode === SIGNALLED + signalNumber(signal));
}

function failureInWords(failure: string): string {
  switch (failure) {
    case 'ENOENT':
      return ' (no such command)';
    case 'EACCES':
      return ' (not executable)';
    default:
      return '';
  }
}

function commandLine(command: readonly string[]): string {
  const line = command.map((part) => (/^[^\s'"]+$/.test(part) ? part : `'${part}'`)).join(' ');
  if (line.length <= MAX_COMMAND_CHARS) return line;
  const blank = line.lastIndexOf(' ', MAX_COMMAND_CHARS);
  // Without a blank to cut at, half of a token would remain.
  return blank > 0 ? `${line.slice(0, blank)} …` : '…';
}
