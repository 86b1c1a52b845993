import { graphOf, type MatchingGraph, NOTHING, NotFollowed, type State, type Way } from './matching-graph.ts';
import { strongComponents } from './strong-components.ts';

/** What to give a pattern that makes it slow: `prefix`, then `pump` over and over, then something that it does not match. */
export interface Attack {
  readonly prefix: string;
  readonly pump: string;
}

/** How the time of a pattern grows with the text in the worst case. */
export type Growth =
  /** With the text; `factor`: how many times each part of it may be read again because of bounded repetitions. */
  | { readonly kind: 'linear'; readonly factor: number }
  /** With the text too, but that often that it is no comfort. */
  | { readonly kind: 'factor'; readonly factor: number; readonly attack: Attack }
  | { readonly kind: 'polynomial'; readonly degree: number; readonly attack: Attack }
  | { readonly kind: 'exponential'; readonly attack: Attack }
  | { readonly kind: 'undecided'; readonly why: string };

/** From here on a bounded repetition counts as a danger: 64 KB take about as long as is promised for all the patterns together. */
export const MAX_FACTOR = 100;
const MAX_PRODUCT_STATES = 600_000;
/** Of so many attacks the shortest is taken. */
const MAX_ATTACKS = 20;

/**
 * How the time of a pattern grows, by the ambiguity of its automaton (Weber and Seidl 1991; Weideman et al. 2016): exponential where
 * a state leads back to itself in two ways by the same word, a power where one loop leads to another that reads the same word. That
 * a match may begin anywhere is the first loop of a pattern that is not sticky. Assumes that what follows can always make the match
 * fail, but where nothing follows.
 */
export function growthOf(pattern: RegExp): Growth {
  try {
    return new Ambiguity(graphOf(pattern)).growth();
  } catch (error) {
    if (error instanceof NotFollowed) return { kind: 'undecided', why: error.message };
    throw error;
  }
}

interface Loop {
  readonly members: readonly number[];
  readonly times: number;
  /** The states that it leads to and those that lead to it, itself among them. */
  readonly after: ReadonlySet<number>;
  readonly before: ReadonlySet<number>;
}

class Ambiguity {
  readonly #graph: MatchingGraph;
  readonly #states: readonly State[];
  /** The state before a match begins, which reads whatever comes. */
  readonly #outside: number;
  readonly #letters: number;
  readonly #seesBefore: boolean;
  readonly #nextOf = new Map<number, readonly number[]>();

  constructor(graph: MatchingGraph) {
    this.#graph = graph;
    this.#letters = graph.alphabet.size;
    this.#outside = graph.states.length;
    const [first] = graph.states as [State];
    const outside: State = {
      reads: new Uint8Array(this.#letters).fill(1),
      ways: [...first.ways, { to: this.#outside, guards: [] }],
      isSuccess: first.isSuccess,
      repetitions: [{ times: Number.POSITIVE_INFINITY }],
    };
    this.#states = graph.searches ? [...graph.states, outside] : graph.states;
    this.#seesBefore = graph.states.some(({ ways }) => ways.some(({ guards }) => guards.length > 0));
  }

  growth(): Growth {
    const loops = this.#loops();
    for (const loop of loops) {
      const attack = this.#twoWaysBack(loop);
      if (attack !== undefined) return { kind: 'exponential', attack };
    }
    return this.#longestChain(loops);
  }

  /** The letters that may stand before what a state reads next. */
  #lettersBehind(state: number): readonly number[] {
    const reads = this.#states[state]?.reads ?? [];
    const read = [...reads.keys()].filter((letter) => reads[letter] === 1);
    const all = Array.from({ length: this.#letters }, (_, letter) => letter);
    if (!this.#seesBefore) return [0];
    if (state > 0) return read;
    return this.#graph.searches ? [NOTHING] : [NOTHING, ...all];
  }

  #allows({ to, guards }: Way, before: number, letter: number): boolean {
    return this.#states[to]?.reads[letter] === 1 && guards.every((guard) => guard(before, letter));
  }

  /** The states that reading a letter leads to, once for every way. */
  #next(state: number, before: number, letter: number): readonly number[] {
    const key = (state * (this.#letters + 1) + before + 1) * this.#letters + letter;
    const known = this.#nextOf.get(key);
    if (known !== undefined) return known;
    const ways = this.#states[state]?.ways ?? [];
    const next = ways.filter((way) => this.#allows(way, before, letter)).map(({ to }) => to);
    this.#nextOf.set(key, next);
    return next;
  }

  /** What is remembered of a letter that was read: nothing where nobody looks back. */
  #behind(letter: number): number {
    return this.#seesBefore ? letter : 0;
  }

  #neighbours(state: number): readonly number[] {
    const ways = this.#states[state]?.ways ?? [];
    const lettersBehind = this.#lettersBehind(state);
    const isPossible = (way: Way): boolean =>
      way.guards.length === 0 ||
      lettersBehind.some((before) => {
        for (let letter = 0; letter < this.#letters; letter++) if (this.#allows(way, before, letter)) return true;
        return false;
      });
    return [...new Set(ways.filter(isPossible).map(({ to }) => to))];
  }

  #isSuccess(state: number): boolean {
    return this.#states[state]?.isSuccess === true;
  }

  #loops(): readonly Loop[] {
    const roots = this.#graph.searches ? [0, this.#outside] : [0];
    const neighbours = new Map(this.#states.map((_, state) => [state, this.#neighbours(state)]));
    const backwards = new Map<number, number[]>();
    for (const [state, nexts] of neighbours)
      for (const to of nexts) backwards.set(to, [...(backwards.get(to) ?? []), state]);
    const componentOf = strongComponents(roots, (state) => neighbours.get(state) ?? []);
    const members = new Map<number, number[]>();
    for (const [state, component] of componentOf) members.set(component, [...(members.get(component) ?? []), state]);
    return [...members]
      .toSorted(([a], [b]) => b - a)
      .map(([, states]) => states)
      .filter((states) => states.some((state) => neighbours.get(state)?.some((to) => states.includes(to))))
      .map((states) => {
        const repetitions = new Set(states.flatMap((state) => this.#states[state]?.repetitions ?? []));
        return {
          members: states,
          times: [...repetitions].reduce((product, { times }) => product * times, 1),
          after: reachable(states, (state) => neighbours.get(state) ?? []),
          before: reachable(states, (state) => backwards.get(state) ?? []),
        };
      });
  }

  /** A word by which a state of the loop leads back to itself in two ways. */
  #twoWaysBack({ members }: Loop): Attack | undefined {
    const states = members.filter((state) => !this.#isSuccess(state));
    const width = this.#states.length;
    const letters = this.#letters;
    const encode = (a: number, b: number, before: number): number => (a * width + b) * letters + before;
    const twice = new Set<number>();
    const isIn = new Set(states);
    const nextOf = (node: number): number[] => {
      const before = node % letters;
      const [a, b] = [Math.floor(node / letters / width), Math.floor(node / letters) % width];
      const next: number[] = [];
      for (let letter = 0; letter < letters; letter++) {
        const reached = this.#next(a, before, letter).filter((to) => isIn.has(to));
        if (a === b && new Set(reached).size < reached.length) twice.add(node);
        for (const toA of reached)
          for (const toB of this.#next(b, before, letter))
            if (isIn.has(toB)) next.push(encode(toA, toB, this.#behind(letter)));
      }
      return next;
    };
    const roots = states.flatMap((state) =>
      this.#lettersBehind(state).map((before) => encode(state, state, Math.max(before, 0))),
    );
    const componentOf = strongComponents(roots, bounded(nextOf));
    const isSame = (node: number): boolean => Math.floor(node / letters / width) === Math.floor(node / letters) % width;
    const same = new Map<number, number>();
    for (const [node, component] of componentOf) if (isSame(node)) same.set(component, node);
    for (const [node, component] of componentOf) {
      const root = same.get(component);
      if (root === undefined || (isSame(node) && !twice.has(node))) continue;
      const word = [...(this.#wordBetween(root, node, nextOf) ?? []), ...(this.#wordBetween(node, root, nextOf) ?? [])];
      // Two ways by one letter, and back by no more.
      const letter = word.length > 0 ? word : this.#lettersBehind(Math.floor(root / letters / width)).slice(0, 1);
      return this.#attack(Math.floor(root / letters / width), root % letters, letter);
    }
    return undefined;
  }

  /** The longest chain of loops of which each leads to the next by a word that both read. */
  #longestChain(loops: readonly Loop[]): Growth {
    const longest = loops.map(({ times }) => ({ times: [times], attack: undefined as Attack | undefined }));
    let worst = { degree: 0, factor: 1, attack: undefined as Attack | undefined };
    for (const [to, second] of loops.entries()) {
      for (const [from, first] of loops.slice(0, to).entries()) {
        const before = longest[from]?.times ?? [];
        if (isWorse([...before, second.times], longest[to]?.times ?? [])) {
          const attack = this.#wayBetween(first, second);
          if (attack !== undefined) longest[to] = { times: [...before, second.times], attack };
        }
      }
      const { times, attack } = longest[to] ?? { times: [], attack: undefined };
      const chain = { ...weightOf(times), attack };
      if (chain.degree > worst.degree || (chain.degree === worst.degree && chain.factor > worst.factor)) worst = chain;
    }
    const { degree, attack } = worst;
    // So often can a match be begun in the text of the attack.
    const factor = Math.ceil(worst.factor / (this.#graph.searches ? (attack?.pump.length ?? 1) : 1));
    if (attack === undefined || (degree < 2 && factor <= MAX_FACTOR)) return { kind: 'linear', factor };
    return degree < 2 ? { kind: 'factor', factor, attack } : { kind: 'polynomial', degree, attack };
  }

  /** A word that the first loop reads, that leads from it to the second, and that the second reads too. */
  #wayBetween(first: Loop, second: Loop): Attack | undefined {
    if (!second.members.some((state) => first.after.has(state)) || !this.#readAlike(first, second)) return undefined;
    const width = this.#states.length;
    const letters = this.#letters;
    const inFirst = new Set(first.members);
    const inSecond = new Set(second.members.filter((state) => !this.#isSuccess(state)));
    const encode = (p: number, between: number, q: number, before: number): number =>
      ((p * width + between) * width + q) * letters + before;
    const parts = (node: number): [p: number, between: number, q: number, before: number] => {
      const rest = Math.floor(node / letters);
      return [Math.floor(rest / width / width), Math.floor(rest / width) % width, rest % width, node % letters];
    };
    const nextOf = (node: number): number[] => {
      const [p, between, q, before] = parts(node);
      const next: number[] = [];
      for (let letter = 0; letter < letters; letter++) {
        const seconds = this.#next(q, before, letter).filter((to) => inSecond.has(to));
        if (seconds.length === 0) continue;
        const firsts = this.#next(p, before, letter).filter((to) => inFirst.has(to));
        if (firsts.length === 0) continue;
        for (const toBetween of new Set(this.#next(between, before, letter))) {
          if (!second.before.has(toBetween) || (!inFirst.has(toBetween) && this.#isSuccess(toBetween))) continue;
          for (const toP of firsts)
            for (const toQ of seconds) next.push(encode(toP, toBetween, toQ, this.#behind(letter)));
        }
      }
      return next;
    };
    const backOf = (node: number): number | undefined => {
      const [p, between, q, before] = parts(node);
      return between === q ? encode(p, p, q, before) : undefined;
    };
    const roots = [...inFirst].flatMap((p) =>
      [...inSecond].flatMap((q) => {
        const shared = this.#lettersBehind(q).filter((before) => this.#lettersBehind(p).includes(before));
        return shared.map((before) => encode(p, p, q, before));
      }),
    );
    const componentOf = strongComponents(
      roots,
      bounded((node) => {
        const back = backOf(node);
        return back === undefined ? nextOf(node) : [...nextOf(node), back];
      }),
    );
    let shortest: { readonly root: number; readonly word: readonly number[] } | undefined;
    let tried = 0;
    for (const [node, component] of componentOf) {
      const root = backOf(node);
      if (root === undefined || componentOf.get(root) !== component || ++tried > MAX_ATTACKS) continue;
      const word = this.#wordBetween(root, node, nextOf);
      if (word !== undefined && word.length < (shortest?.word.length ?? Number.POSITIVE_INFINITY))
        shortest = { root, word };
    }
    if (shortest === undefined) return undefined;
    const [p, , , before] = parts(shortest.root);
    return this.#attack(p, before, shortest.word);
  }

  #readAlike(first: Loop, second: Loop): boolean {
    const reads = ({ members }: Loop, letter: number): boolean =>
      members.some((state) => this.#states[state]?.reads[letter] === 1);
    for (let letter = 0; letter < this.#letters; letter++) {
      if (reads(first, letter) && reads(second, letter)) return true;
    }
    return false;
  }

  /** The shortest way from one node of a product to another, as the letters that are read. */
  #wordBetween(from: number, to: number, nextOf: (node: number) => readonly number[]): number[] | undefined {
    const cameFrom = new Map<number, number>();
    const queue = [from];
    for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
      for (const next of nextOf(at)) {
        if (cameFrom.has(next)) continue;
        cameFrom.set(next, at);
        if (next === to) return this.#lettersOfWay(from, to, cameFrom);
        queue.push(next);
      }
    }
    return undefined;
  }

  #lettersOfWay(from: number, to: number, cameFrom: ReadonlyMap<number, number>): number[] {
    const nodes = [to];
    for (let at = cameFrom.get(to); at !== undefined && at !== from; at = cameFrom.get(at)) nodes.unshift(at);
    const width = this.#states.length;
    let previous = from;
    return nodes.map((node) => {
      const letter = this.#seesBefore ? node % this.#letters : this.#letterOfStep(previous, node, width);
      previous = node;
      return letter;
    });
  }

  /** Where letters are not remembered: one that all parts of the step read. */
  #letterOfStep(_from: number, to: number, width: number): number {
    let rest = Math.floor(to / this.#letters);
    const states: number[] = [];
    for (let i = 0; i < 3; i++) {
      states.push(rest % width);
      rest = Math.floor(rest / width);
    }
    for (let letter = 0; letter < this.#letters; letter++) {
      if (states.every((state) => state === 0 || this.#states[state]?.reads[letter] === 1)) return letter;
    }
    return 0;
  }

  #attack(state: number, before: number, word: readonly number[]): Attack {
    const { alphabet } = this.#graph;
    const text = (letters: readonly number[]): string => letters.map((letter) => alphabet.characterOf(letter)).join('');
    const outsideOnly = state === this.#outside;
    const prefix = outsideOnly ? (this.#seesBefore ? [before] : []) : this.#wordTo(state, before);
    return { prefix: text(prefix), pump: text(word) };
  }

  /** A text that leads into a state, its last letter given. */
  #wordTo(state: number, before: number): readonly number[] {
    const letters = this.#letters;
    const starts = [0, ...(this.#graph.searches ? [this.#outside] : [])];
    const seen = new Set(starts.flatMap((start) => this.#lettersBehind(start).map((one) => `${start},${one}`)));
    let wave = starts.flatMap((start) =>
      this.#lettersBehind(start).map((one) => ({ at: start, before: one, word: [] as number[] })),
    );
    while (wave.length > 0) {
      const next: typeof wave = [];
      for (const { at, before: last, word } of wave) {
        if (at === state && (last === before || !this.#seesBefore)) return word;
        for (let letter = 0; letter < letters; letter++) {
          for (const to of this.#next(at, last, letter)) {
            const key = `${to},${this.#behind(letter)}`;
            if (seen.has(key)) continue;
            seen.add(key);
            next.push({ at: to, before: this.#behind(letter), word: [...word, letter] });
          }
        }
      }
      wave = next;
    }
    return [];
  }
}

function reachable(from: readonly number[], nextOf: (state: number) => readonly number[]): ReadonlySet<number> {
  const found = new Set(from);
  for (const state of found) for (const next of nextOf(state)) found.add(next);
  return found;
}

function weightOf(times: readonly number[]): { degree: number; factor: number } {
  const finite = times.filter((one) => one !== Number.POSITIVE_INFINITY);
  return { degree: times.length - finite.length, factor: finite.reduce((product, one) => product * one, 1) };
}

function isWorse(a: readonly number[], b: readonly number[]): boolean {
  const [first, second] = [weightOf(a), weightOf(b)];
  return first.degree > second.degree || (first.degree === second.degree && first.factor > second.factor);
}

/** Gives up beyond a bound: what is not followed is listed by hand. */
function bounded(nextOf: (node: number) => number[]): (node: number) => number[] {
  let count = 0;
  return (node) => {
    if (++count > MAX_PRODUCT_STATES) throw new NotFollowed('too many pairs of states');
    return nextOf(node);
  };
}
