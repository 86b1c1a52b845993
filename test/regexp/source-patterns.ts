import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'rolldown/utils';
import { ROOT } from '../support/child.ts';

/** A regular expression as it stands in `src/`. */
export interface SourcePattern {
  readonly file: string;
  readonly line: number;
  readonly pattern: RegExp;
}

/** A place in `src/` where something other than a literal makes a pattern, or might. */
export interface SourcePlace {
  readonly file: string;
  readonly line: number;
  readonly code: string;
}

/** All that `src/` has of regular expressions. */
export interface SourcePatterns {
  readonly literals: readonly SourcePattern[];
  /** `new RegExp(…)` and `RegExp(…)`. */
  readonly composed: readonly SourcePlace[];
  /** What would make a pattern that is not in the two lists: `RegExp` under another name, `match('a text')`. */
  readonly hidden: readonly SourcePlace[];
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [property: string]: unknown;
}

const SOURCES = join(ROOT, 'src');
/** V8 makes a pattern of whatever text these are given. */
const PATTERN_METHODS: ReadonlySet<string> = new Set(['match', 'matchAll', 'search']);

/** Reads every source file with a parser, so that none is missed that a search by text would not see. */
export function readSourcePatterns(): SourcePatterns {
  const found = { literals: [] as SourcePattern[], composed: [] as SourcePlace[], hidden: [] as SourcePlace[] };
  for (const name of readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })) {
    if (!/\.tsx?$/.test(name)) continue;
    const part = patternsOf(name.replaceAll('\\', '/'), readFileSync(join(SOURCES, name), 'utf8'));
    found.literals.push(...part.literals);
    found.composed.push(...part.composed);
    found.hidden.push(...part.hidden);
  }
  return found;
}

/** The patterns of one source text. */
export function patternsOf(file: string, text: string): SourcePatterns {
  const found = { literals: [] as SourcePattern[], composed: [] as SourcePlace[], hidden: [] as SourcePlace[] };
  const { program, errors } = parseSync(file, text, { lang: file.endsWith('x') ? 'tsx' : 'ts' });
  if (errors.length > 0) throw new Error(`${file} cannot be read: ${errors[0]?.message}`);
  const placeOf = ({ start, end }: Node): SourcePlace => ({
    file,
    line: text.slice(0, start).split('\n').length,
    code: text.slice(start, end),
  });

  function visit(node: Node, parent: Node | undefined, role: string): void {
    if (node.type === 'Literal' && isNode(node['regex'])) {
      const { pattern, flags } = node['regex'] as unknown as { pattern: string; flags: string };
      found.literals.push({ ...placeOf(node), pattern: new RegExp(pattern, flags) });
      return;
    }
    if (node.type === 'Identifier' && node['name'] === 'RegExp' && parent !== undefined) {
      const isCallee = role === 'callee' && (parent.type === 'NewExpression' || parent.type === 'CallExpression');
      if (isCallee) found.composed.push(placeOf(parent));
      else if (!isHarmless(parent, role)) found.hidden.push(placeOf(parent));
    }
    if (node.type === 'CallExpression' && makesPatternOfText(node)) found.hidden.push(placeOf(node));
    for (const [name, value] of Object.entries(node)) {
      for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) visit(child, node, name);
    }
  }

  visit(program as unknown as Node, undefined, '');
  return found;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null;
}

/** A type, an `instanceof`, the name of a property. */
function isHarmless(parent: Node, role: string): boolean {
  return (
    parent.type.startsWith('TS') ||
    (parent.type === 'BinaryExpression' && parent['operator'] === 'instanceof' && role === 'right') ||
    (parent.type === 'MemberExpression' && role === 'property' && parent['computed'] !== true) ||
    (parent.type === 'Property' && role === 'key' && parent['computed'] !== true)
  );
}

function makesPatternOfText(call: Node): boolean {
  const callee = call['callee'] as Node;
  const [argument] = call['arguments'] as Node[];
  const property = callee['property'] as Node | undefined;
  if (callee.type !== 'MemberExpression' || !PATTERN_METHODS.has(String(property?.['name']))) return false;
  return (
    argument !== undefined && /^(?:Literal|TemplateLiteral|BinaryExpression)$/.test(argument.type) && !argument['regex']
  );
}
