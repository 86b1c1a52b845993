import { type AST, RegExpParser } from '@eslint-community/regexpp';
import { type Alphabet, alphabetOf, type OneCharacter } from './alphabet.ts';

/** Whether one may pass between two letters; {@link NOTHING} stands for the beginning or end of the text. */
export type Guard = (before: number, after: number) => boolean;
export const NOTHING = -1;

/** A way from one state to the next without reading. */
export interface Way {
  readonly to: number;
  readonly guards: readonly Guard[];
}

/** A state of matching: an element that has just read a letter. State 0 has read nothing of the match yet. */
export interface State {
  /** The letters it reads, 1 or 0 each. */
  readonly reads: Uint8Array;
  /** Two ways to the same state are two paths for a backtracking engine. */
  readonly ways: readonly Way[];
  /** Nothing that follows can make the match fail. */
  readonly isSuccess: boolean;
  /** The repetitions that it is inside of, by how often each can repeat beyond what is written out. */
  readonly repetitions: readonly Repetition[];
}

export interface Repetition {
  readonly times: number;
}

/** Every path that a backtracking engine can take: a few more where a look around is too much to follow, never one less. */
export interface MatchingGraph {
  readonly alphabet: Alphabet;
  readonly states: readonly State[];
  /** Matching may begin anywhere in a text (neither sticky nor anchored). */
  readonly searches: boolean;
}

/** A pattern that is not followed here; to be listed by hand. */
export class NotFollowed extends Error {}

/** Up to so many copies are written out; more of them are a repetition. */
const MAX_MANDATORY_COPIES = 64;
const MAX_OPTIONAL_COPIES = 8;
const MAX_STATES = 4_000;
const MAX_WAYS = 20_000;

interface Edge {
  readonly from: number;
  readonly to: number;
  readonly reads: Uint8Array;
  readonly repetitions: readonly Repetition[];
}

interface Pass {
  readonly to: number;
  readonly guard?: Guard;
}

export function graphOf(pattern: RegExp): MatchingGraph {
  const { source, flags } = pattern;
  const tree = new RegExpParser().parsePattern(source, 0, source.length, {
    unicode: flags.includes('u'),
    unicodeSets: flags.includes('v'),
  });
  const alphabet = alphabetOf(elementsOf(tree), flags);
  return new GraphBuilder(alphabet, flags).build(tree);
}

function elementsOf(node: AST.Node): OneCharacter[] {
  switch (node.type) {
    case 'Pattern':
    case 'Group':
    case 'CapturingGroup':
      return node.alternatives.flatMap(elementsOf);
    case 'Alternative':
      return node.elements.flatMap(elementsOf);
    case 'Quantifier':
      return elementsOf(node.element);
    case 'Assertion':
      return node.kind === 'lookahead' || node.kind === 'lookbehind' ? node.alternatives.flatMap(elementsOf) : [];
    case 'Character':
    case 'CharacterSet':
    case 'CharacterClass':
      return [node];
    case 'Backreference':
      return [];
    default:
      throw new NotFollowed(`${node.type} ${node.raw}`);
  }
}

class GraphBuilder {
  readonly #alphabet: Alphabet;
  readonly #flags: string;
  readonly #edges: Edge[] = [];
  readonly #passes: Pass[][] = [];
  #inside: readonly Repetition[] = [];

  constructor(alphabet: Alphabet, flags: string) {
    this.#alphabet = alphabet;
    this.#flags = flags;
  }

  build(tree: AST.Pattern): MatchingGraph {
    const start = this.#node();
    const end = this.#alternatives(tree.alternatives, start);
    const edgesFrom = this.#passes.map(() => [] as number[]);
    for (const [index, { from }] of this.#edges.entries()) edgesFrom[from]?.push(index);
    const stateAt = (node: number): Pick<State, 'ways' | 'isSuccess'> => this.#waysFrom(node, end, edgesFrom);
    const states = [
      { reads: new Uint8Array(this.#alphabet.size), repetitions: [], ...stateAt(start) },
      ...this.#edges.map(({ to, reads, repetitions }) => ({ reads, repetitions, ...stateAt(to) })),
    ];
    return { alphabet: this.#alphabet, states, searches: !this.#flags.includes('y') };
  }

  #node(): number {
    return this.#passes.push([]) - 1;
  }

  #pass(from: number, to: number, guard?: Guard): void {
    this.#passes[from]?.push(guard === undefined ? { to } : { to, guard });
  }

  #alternatives(alternatives: readonly AST.Alternative[], from: number): number {
    const end = this.#node();
    for (const { elements } of alternatives) {
      const start = this.#node();
      this.#pass(from, start);
      this.#pass(
        elements.reduce((node, element) => this.#element(element, node), start),
        end,
      );
    }
    return end;
  }

  #element(element: AST.Element, from: number): number {
    switch (element.type) {
      case 'Group':
      case 'CapturingGroup':
        return this.#alternatives(element.alternatives, from);
      case 'Character':
      case 'CharacterSet':
      case 'CharacterClass':
        return this.#read(element, from);
      case 'Quantifier':
        return this.#quantifier(element, from);
      case 'Assertion':
        return this.#assertion(element, from);
      case 'Backreference': {
        // Reads a text that the group has read: as if the group stood here again.
        const [group] = [element.resolved].flat();
        return group === undefined ? from : this.#alternatives(group.alternatives, from);
      }
      default:
        throw new NotFollowed(`${element.type} ${element.raw}`);
    }
  }

  #read(element: OneCharacter, from: number): number {
    if (this.#edges.length > MAX_STATES) throw new NotFollowed('too many states');
    const to = this.#node();
    this.#edges.push({ from, to, reads: this.#alphabet.membersOf(element), repetitions: this.#inside });
    return to;
  }

  #quantifier({ min, max, element }: AST.Quantifier, from: number): number {
    const mandatory = Math.min(min, MAX_MANDATORY_COPIES);
    let node = from;
    for (let i = 0; i < mandatory; i++) node = this.#element(element, node);
    const times = max - mandatory;
    if (times === 0) return node;
    const end = this.#node();
    if (times <= MAX_OPTIONAL_COPIES) {
      for (let i = 0; i < times; i++) {
        this.#pass(node, end);
        const start = this.#node();
        this.#pass(node, start);
        node = this.#element(element, start);
      }
      this.#pass(node, end);
      return end;
    }
    const before = this.#inside;
    this.#inside = [...before, { times }];
    const [enter, again, start] = [this.#node(), this.#node(), this.#node()];
    this.#pass(node, enter);
    // Entering and repeating are nodes of their own, so that both can be on one way: `(a*)*` has two ways from `a` to `a`.
    for (const choice of [enter, again]) {
      this.#pass(choice, start);
      this.#pass(choice, end);
    }
    this.#pass(this.#element(element, start), again);
    this.#inside = before;
    return end;
  }

  #assertion(assertion: AST.Assertion, from: number): number {
    const to = this.#node();
    const isLineEnd = this.#alphabet.membersOfClass('[\\n\\r\\u2028\\u2029]');
    const isMultiline = this.#flags.includes('m');
    switch (assertion.kind) {
      case 'start':
        this.#pass(from, to, (before) => before === NOTHING || (isMultiline && isLineEnd[before] === 1));
        return to;
      case 'end':
        this.#pass(from, to, (_, after) => after === NOTHING || (isMultiline && isLineEnd[after] === 1));
        return to;
      case 'word': {
        const isWord = this.#alphabet.membersOfClass('\\w');
        const { negate } = assertion;
        this.#pass(from, to, (before, after) => ((isWord[before] ?? 0) !== (isWord[after] ?? 0)) !== negate);
        return to;
      }
      default:
        this.#lookaround(assertion, from, to);
        return to;
    }
  }

  #lookaround(assertion: AST.LookaroundAssertion, from: number, to: number): void {
    const { kind, negate, alternatives, raw } = assertion;
    const single = this.#singleLetters(alternatives, kind);
    if (single !== undefined) {
      const holds = (letter: number): boolean => (letter === NOTHING ? single.edge : single.letters[letter] === 1);
      this.#pass(from, to, (before, after) => holds(kind === 'lookahead' ? after : before) !== negate);
      return;
    }
    // More than one character: what it demands is let go, what it costs is a way that leads nowhere.
    this.#pass(from, to);
    if (kind === 'lookahead') this.#alternatives(alternatives, from);
    else if (alternatives.some(repeatsWithoutEnd)) throw new NotFollowed(`an unbounded look back: ${raw}`);
  }

  /** What a look around by one character allows, where it is no more than that; `edge`: also the end or beginning of the text. */
  #singleLetters(
    alternatives: readonly AST.Alternative[],
    kind: 'lookahead' | 'lookbehind',
  ): { letters: Uint8Array; edge: boolean } | undefined {
    const letters = new Uint8Array(this.#alphabet.size);
    let edge = false;
    for (const { elements } of alternatives) {
      const [element] = elements;
      if (element === undefined || elements.length > 1) return undefined;
      if (element.type === 'Assertion') {
        if (element.kind !== (kind === 'lookahead' ? 'end' : 'start') || this.#flags.includes('m')) return undefined;
        edge = true;
      } else if (element.type === 'Character' || element.type === 'CharacterSet' || element.type === 'CharacterClass') {
        for (const [letter, isMember] of this.#alphabet.membersOf(element).entries()) letters[letter] ||= isMember;
      } else {
        return undefined;
      }
    }
    return { letters, edge };
  }

  #waysFrom(node: number, end: number, edgesFrom: readonly number[][]): Pick<State, 'ways' | 'isSuccess'> {
    const ways: Way[] = [];
    const passed = new Set<number>();
    let isSuccess = false;
    let steps = 0;
    const walk = (at: number, guards: readonly Guard[]): void => {
      if (passed.has(at)) return;
      if (++steps > MAX_WAYS) throw new NotFollowed('too many ways');
      if (at === end && guards.length === 0) isSuccess = true;
      for (const edge of edgesFrom[at] ?? []) ways.push({ to: edge + 1, guards });
      passed.add(at);
      for (const { to, guard } of this.#passes[at] ?? []) walk(to, guard === undefined ? guards : [...guards, guard]);
      passed.delete(at);
    };
    walk(node, []);
    return { ways, isSuccess };
  }
}

function repeatsWithoutEnd(node: AST.Node): boolean {
  switch (node.type) {
    case 'Quantifier':
      return node.max === Number.POSITIVE_INFINITY || repeatsWithoutEnd(node.element);
    case 'Group':
    case 'CapturingGroup':
      return node.alternatives.some(repeatsWithoutEnd);
    case 'Alternative':
      return node.elements.some(repeatsWithoutEnd);
    default:
      return false;
  }
}
