import { type AST, RegExpParser } from '@eslint-community/regexpp';
import type { HostileText } from '../support/time-growth.ts';

/** What can stand for a class: the first of these that it matches. */
const STAND_INS: readonly string[] = [
  ...'a1A_-. /:="\'\\\n\t<>()[]{},;&%$#@+*!?|^~`',
  ...['\u001b', '\u0000', '\u00a0', 'é', 'Ж', '漢', '\u200c', '\ufe00', '\ue000', '\ud800', '😀'],
];
/** So many alternatives of a group are tried; the others are words of the same kind. */
const MAX_ALTERNATIVES = 4;
const RUN_CHARS = 40;

/**
 * What makes a pattern work the most, made of its own parts: what it matches, what it nearly matches, each of its characters, and its
 * beginning with a run of what follows but never the end.
 */
export function hostileTexts(pattern: RegExp): readonly HostileText[] {
  const { source, flags } = pattern;
  const tree = new RegExpParser().parsePattern(source, 0, source.length, {
    unicode: flags.includes('u'),
    unicodeSets: flags.includes('v'),
  });
  const texts = new Map<string, HostileText>();
  const add = (unit: string, lead = ''): void => {
    if (unit !== '') texts.set(`${lead}\0\0${unit}`, { lead, unit });
  };
  for (let choice = 0; choice < MAX_ALTERNATIVES; choice++) {
    for (const alternative of tree.alternatives) {
      const writer = new TextWriter(flags.replace(/[gy]/g, ''), choice);
      const whole = writer.shortest(alternative);
      for (const unit of [whole, whole.slice(0, -1), `${whole.slice(0, -1)}\0`, `${whole} `]) add(unit);
      for (const [lead, once] of writer.runs) {
        add(once);
        add(once, lead);
        add(lead + once.repeat(RUN_CHARS));
        add(`${once.repeat(RUN_CHARS)} `);
      }
      for (const unit of writer.asides) add(unit);
    }
  }
  return [...texts.values()];
}

class TextWriter {
  /** What can be repeated, and what stands before it. */
  readonly runs: (readonly [lead: string, once: string])[] = [];
  /** What look arounds ask for. */
  readonly asides: string[] = [];
  readonly #flags: string;
  readonly #choice: number;
  #written = '';

  constructor(flags: string, choice: number) {
    this.#flags = flags;
    this.#choice = choice;
  }

  /** The shortest text that an alternative matches. */
  shortest(alternative: AST.Alternative): string {
    for (const element of alternative.elements) this.#write(element);
    return this.#written;
  }

  #write(element: AST.Element): void {
    switch (element.type) {
      case 'Character':
        this.#written += String.fromCodePoint(element.value);
        return;
      case 'CharacterSet':
      case 'CharacterClass':
        this.#written += this.#standInOf(element);
        return;
      case 'Group':
      case 'CapturingGroup':
        this.#writeGroup(element);
        return;
      case 'Quantifier':
        this.#writeQuantifier(element);
        return;
      case 'Assertion':
        // What a look around asks for may cost as much as what is matched.
        if (element.kind === 'lookahead') this.#aside(() => this.#writeGroup(element));
        return;
      case 'Backreference':
        return;
      default:
        throw new Error(`${element.type} ${element.raw}`);
    }
  }

  #writeGroup({ alternatives }: { readonly alternatives: readonly AST.Alternative[] }): void {
    const chosen = alternatives[this.#choice % alternatives.length];
    for (const element of chosen?.elements ?? []) this.#write(element);
  }

  #writeQuantifier({ min, max, element }: AST.Quantifier): void {
    if (max > min) {
      this.#aside(() => {
        const from = this.#written.length;
        this.#write(element);
        const once = this.#written.slice(from);
        if (once !== '') this.runs.push([this.#written.slice(0, from), once]);
      });
    }
    for (let i = 0; i < Math.min(min, RUN_CHARS); i++) this.#write(element);
  }

  #aside(write: () => void): void {
    const before = this.#written;
    write();
    if (this.#written !== before) this.asides.push(this.#written);
    this.#written = before;
  }

  #standInOf(element: AST.CharacterSet | AST.CharacterClass): string {
    const matches = new RegExp(`^${element.raw}$`, this.#flags);
    return STAND_INS.filter((character) => matches.test(character))[this.#choice] ?? this.#anyOf(matches);
  }

  #anyOf(matches: RegExp): string {
    for (const character of STAND_INS) if (matches.test(character)) return character;
    for (let code = 0; code <= 0xffff; code++) {
      const character = String.fromCharCode(code);
      if (matches.test(character)) return character;
    }
    return '';
  }
}
