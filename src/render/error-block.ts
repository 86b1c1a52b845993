import type { AlertError } from '../alert.ts';
import { parseStack, type StackFrame } from '../stack.ts';
import { codePointLength } from './code-points.ts';
import { cutMiddle, fitMiddle } from './cut.ts';
import { breakFences, CODE_FENCE_CHARS, cleanLine, cleanText, codeFence } from './text.ts';
import { formatCount } from './wording.ts';

/** What an embed shows of an error: a code block, or nothing. */
export interface ErrorBlock {
  readonly text: string;
  /** True when something had to be left out. */
  readonly cut: boolean;
}

/**
 * The stack and the chain of causes as a code block of at most `maxChars` code points; empty where there is nothing to show.
 *
 * Of every error the frames of the application's own code come first, then those of packages and the runtime. What does not fit
 * goes in this order: frames that are not own, own frames of causes in between, those causes themselves; the last cause goes last,
 * because it is what broke. Of any one error at most 20 own lines and 10 others are shown, a recursion in one. What was left out is said where it stood. A stack in a form that is not understood is printed as it is,
 * cut in the middle.
 *
 * @param showsHead false where the embed's title already says type and message of the error.
 */
export function errorBlock(error: AlertError, maxChars: number, showsHead: boolean): ErrorBlock {
  const room = maxChars - CODE_FENCE_CHARS;
  const sections = sectionsOf(error, showsHead);
  if (sections.length === 0) return { text: '', cut: false };
  if (room < MIN_BLOCK_CHARS) return { text: '', cut: true };
  const skipped = Math.max(0, sections.length - MAX_SECTIONS);
  const body = layOut(
    skipped === 0 ? sections : [...sections.slice(0, 2), ...sections.slice(skipped + 2)],
    skipped,
    room,
  );
  return body.text === '' ? { text: '', cut: true } : { text: codeFence(body.text), cut: body.cut };
}

/** A line of a stack: a frame, or as many of the same as stand behind each other (a recursion). */
interface FrameLine {
  readonly text: string;
  readonly frames: number;
}

/** One error of the chain in lines, before it is known how many of them fit. */
interface Section {
  /** `Type: message`, uncleaned; undefined where the title says it. */
  readonly head?: string;
  readonly own: readonly FrameLine[];
  readonly foreign: readonly FrameLine[];
  /** A stack whose form is not understood, instead of frames. */
  readonly raw?: string;
}

const MIN_BLOCK_CHARS = 24;
/** Less of a `Type: message` tells nobody anything. */
const MIN_HEAD_CHARS = 32;
/** The JVM can print any number of causes; those in the middle of a longer chain are only counted. */
const MAX_SECTIONS = 12;
/** In one of many embeds the last cause may take nearly all: the title says the rest. */
const SMALL_ROOM_CHARS = 300;
const FOREIGN_DIVIDER = '-- packages and runtime --';
/** The room that a line about frames or causes left out may take. */
const MORE_CHARS = 24;
const MAX_FRAME_CHARS = 300;
/**
 * Lines of a stack that are worth scrolling past on a telephone; the rest is in the attached file. No fewer than what Node prints by
 * default: https://nodejs.org/api/errors.html#errorstacktracelimit
 */
const MAX_LINES = { own: 20, foreign: 10 } as const;
/** Frames of an error and of its last cause that are worth more than what the causes between them say. */
const FIRST_FRAMES = 3;

function sectionsOf(error: AlertError, showsHead: boolean): readonly Section[] {
  const sections: Section[] = [];
  for (let current: AlertError | undefined = error; current !== undefined; current = current.cause) {
    const head = sections.length === 0 ? (showsHead ? headOf(current) : undefined) : `Caused by: ${headOf(current)}`;
    sections.push(...stackSections(head, current.stack ?? ''));
  }
  const [first] = sections;
  if (first?.raw?.includes(`: ${error.message}`) === true) {
    const { head: _saidInRaw, ...rest } = first;
    sections[0] = rest;
  }
  return sections.filter(
    ({ head, own, foreign, raw }) => head !== undefined || raw !== undefined || own.length + foreign.length > 0,
  );
}

/** `Type: message (code)`; the code only where the message does not say it. */
export function headOf(error: AlertError): string {
  const type = error.type === '' ? 'Error' : error.type;
  const named =
    error.message === '' || error.message.startsWith(`${type}:`) ? error.message || type : `${type}: ${error.message}`;
  return error.code === undefined || error.code === '' || named.includes(error.code)
    ? named
    : `${named} (${error.code})`;
}

const PYTHON_HEAD = 'Traceback (most recent call last)';
const JVM_CAUSE = /\n[ \t]{0,8}Caused by: /;

function stackSections(head: string | undefined, stack: string): readonly Section[] {
  const withHead = head === undefined ? {} : { head };
  if (stack.trim() === '') return [{ ...withHead, own: [], foreign: [] }];
  // The JVM prints the causes into the stack of the first error.
  const [first = '', ...causes] = stack.split(JVM_CAUSE);
  const frames = framesOf(first);
  if (frames === undefined) return [{ ...withHead, own: [], foreign: [], raw: stack }];
  return [
    { ...withHead, ...frames },
    ...causes.map((cause): Section => {
      const newline = cause.indexOf('\n');
      return {
        head: `Caused by: ${newline < 0 ? cause : cause.slice(0, newline)}`,
        ...(framesOf(cause) ?? { own: [], foreign: [] }),
      };
    }),
  ];
}

function framesOf(stack: string): Pick<Section, 'own' | 'foreign'> | undefined {
  const frames = parseStack(stack);
  // Only where a frame is one line that says everything may frames be put into another order.
  if (frames.length === 0 || stack.includes(PYTHON_HEAD) || !frames.every(({ text }) => text.startsWith('at '))) {
    return undefined;
  }
  if (hasOtherText(stack)) return undefined;
  return {
    own: linesOf(frames.filter(({ own }) => own)),
    foreign: linesOf(frames.filter(({ own }) => !own)),
  };
}

function linesOf(frames: readonly StackFrame[]): FrameLine[] {
  const lines: { text: string; frames: number }[] = [];
  for (const frame of frames) {
    const text = cutMiddle(cleanLine(frame.text).replace('file://', ''), MAX_FRAME_CHARS);
    const before = lines.at(-1);
    if (before?.text === text) before.frames++;
    else lines.push({ text, frames: 1 });
  }
  return lines;
}

function printed({ text, frames }: FrameLine): string {
  return frames === 1 ? text : `${text} ×${formatCount(frames)}`;
}

function framesIn(lines: readonly FrameLine[]): number {
  return lines.reduce((sum, { frames }) => sum + frames, 0);
}

/** True when behind the first frame there are lines that are neither frames nor the JVM's `... 12 more`. */
function hasOtherText(stack: string): boolean {
  const first = /(?:^|\n)[ \t]{0,64}at /.exec(stack);
  const behind = first === null ? '' : stack.slice(first.index);
  return behind.split('\n').some((line) => !/^\s*(?:at |\.\.\. \d|$)/.test(line.slice(0, 200)));
}

/** What of a section is to be printed. */
interface Chosen {
  head?: string;
  own: number;
  foreign: number;
  /** True when there is room to say how many frames are missing. */
  tellsMore: boolean;
}

function layOut(sections: readonly Section[], skipped: number, room: number): ErrorBlock {
  const tellsUnnamed = room >= 5 * MORE_CHARS;
  const chosen = choose(sections, room - (tellsUnnamed && sections.length > 2 ? MORE_CHARS : 0));
  let left = chosen.left;
  let cut = chosen.cut || skipped > 0;
  let unnamed = skipped;
  const lines: string[] = [];
  for (const [index, section] of sections.entries()) {
    const state = chosen.states[index];
    if (state === undefined || (section.head !== undefined && state.head === undefined)) {
      cut = true;
      if (index > 0) unnamed++;
      continue;
    }
    if (index > 0 && unnamed > 0) {
      if (tellsUnnamed) lines.push(`… ${formatCount(unnamed)} more ${unnamed === 1 ? 'cause' : 'causes'}`);
      unnamed = 0;
    }
    if (state.head !== undefined) lines.push(state.head);
    if (section.raw !== undefined) {
      const raw = fitMiddle(section.raw, left, printable);
      cut ||= raw.cut;
      left -= codePointLength(raw.text) + 1;
      if (raw.text !== '') lines.push(raw.text);
    }
    lines.push(...section.own.slice(0, state.own).map(printed));
    if (state.foreign > 0 && section.own.length > 0) lines.push(FOREIGN_DIVIDER);
    lines.push(...section.foreign.slice(0, state.foreign).map(printed));
    const more = framesIn(section.own.slice(state.own)) + framesIn(section.foreign.slice(state.foreign));
    if (more > 0) {
      cut = true;
      if (state.tellsMore) lines.push(`… ${formatCount(more)} more ${more === 1 ? 'frame' : 'frames'}`);
    }
  }
  return { text: lines.join('\n'), cut };
}

interface Choice {
  readonly states: readonly Chosen[];
  readonly left: number;
  readonly cut: boolean;
}

function choose(sections: readonly Section[], room: number): Choice {
  const states = sections.map((): Chosen => ({ own: 0, foreign: 0, tellsMore: false }));
  const last = sections.length - 1;
  let left = room;
  let cut = false;

  const takeHead = (index: number, maxChars: number): boolean => {
    const section = sections[index];
    const state = states[index];
    if (section === undefined || state === undefined) return false;
    if (section.head !== undefined) {
      const headRoom = Math.min(maxChars, left - 1);
      if (headRoom < Math.min(MIN_HEAD_CHARS, section.head.length)) return false;
      const head = fitMiddle(section.head, headRoom, printable);
      if (head.text === '') return false;
      cut ||= head.cut;
      state.head = head.text;
      left -= codePointLength(head.text) + 1;
    }
    if (section.own.length + section.foreign.length > 0 && left >= MORE_CHARS) {
      state.tellsMore = true;
      left -= MORE_CHARS;
    }
    return true;
  };

  const takeFrames = (index: number, kind: 'own' | 'foreign', upTo: number = MAX_LINES[kind]): void => {
    const section = sections[index];
    const state = states[index];
    // A cause that is not named must not show frames: they would seem to be those of the error before.
    if (section === undefined || state === undefined || (section.head !== undefined && state.head === undefined))
      return;
    while (state[kind] < Math.min(upTo, section[kind].length)) {
      const isDivided = kind === 'foreign' && state.foreign === 0 && section.own.length > 0;
      const line = section[kind][state[kind]];
      if (line === undefined) return;
      const chars = codePointLength(breakFences(printed(line))) + 1 + (isDivided ? FOREIGN_DIVIDER.length + 1 : 0);
      if (chars > left) return;
      left -= chars;
      state[kind]++;
    }
  };
  const takeFirstFrames = (index: number): void => {
    takeFrames(index, sections[index]?.own.length === 0 ? 'foreign' : 'own', FIRST_FRAMES);
  };

  const wanted = sections.map(charsWanted);
  const wantedByAll = wanted.reduce((sum, chars) => sum + chars, 0);
  // A message of a megabyte may not push out what follows: each head has its share, or what all the others leave.
  const shareOf = (index: number, share: number): number =>
    Math.max(Math.floor(room * share), room - wantedByAll + (sections[index]?.head?.length ?? 0));
  if (last > 0) takeHead(last, shareOf(last, room < SMALL_ROOM_CHARS ? 0.9 : 0.6));
  takeHead(0, shareOf(0, last > 0 ? 0.3 : 0.6));
  takeFirstFrames(0);
  takeFirstFrames(last);
  const between = [...sections.keys()].slice(1, -1);
  for (const index of between) {
    if (!takeHead(index, shareOf(index, 1 / 6))) break;
  }
  const byWorth = [0, last, ...between];
  for (const index of byWorth) takeFrames(index, 'own');
  for (const index of byWorth) takeFrames(index, 'foreign');
  return { states, left, cut };
}

/** At least what the whole section takes, in UTF-16 units. */
function charsWanted({ head = '', own, foreign, raw = '' }: Section): number {
  const shown = [...own.slice(0, MAX_LINES.own), ...foreign.slice(0, MAX_LINES.foreign)];
  const frames = shown.reduce((sum, line) => sum + printed(line).length + 1, 0);
  return head.length + raw.length + frames + FOREIGN_DIVIDER.length + MORE_CHARS + 3;
}

function printable(text: string): string {
  return breakFences(cleanText(text).trim());
}
