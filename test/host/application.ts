import { expect } from 'vitest';
import { type ChildOptions, type ChildResult, runApp } from '../support/child.ts';

const PREFIX = 'otel-discord-pager: ';

/** What became of an application, and what the pager had to say. */
export interface Outcome extends ChildResult {
  /** Our lines on stderr, without their prefix. */
  readonly warnings: readonly string[];
  /** How much longer it ran than without a pager. */
  readonly heldMs: number;
}

const alone = new Map<string, Promise<ChildResult>>();

/**
 * Runs an application with the pager and without, and expects that nobody can tell the difference: stdout, exit code and signal are
 * the same, and so is stderr but for lines that start with our name.
 */
export async function expectUnharmed(script: string, options: ChildOptions = {}): Promise<Outcome> {
  const { args = [], nodeArgs = [], prefix = [] } = options;
  const key = JSON.stringify([script, args, nodeArgs, prefix, options.signalOn]);
  const withPager = runApp(script, options);
  const withoutPager =
    alone.get(key) ?? runApp(script, { ...options, env: { ...ownEnv(options.env), WITHOUT_PAGER: '1' } });
  alone.set(key, withoutPager);
  const [result, without] = await Promise.all([withPager, withoutPager]);
  expect({ ...endOf(result), stderr: linesOf(result.stderr, false) }).toEqual({
    ...endOf(without),
    stderr: linesOf(without.stderr, false),
  });
  return {
    ...result,
    warnings: linesOf(result.stderr, true).map((line) => line.slice(PREFIX.length)),
    heldMs: result.tookMs - without.tookMs,
  };
}

function ownEnv(env: ChildOptions['env'] = {}): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(?:DISCORD_|PAGER_|REPORT$)/.test(name)));
}

function endOf({ code, signal, stdout }: ChildResult): Pick<ChildResult, 'code' | 'signal' | 'stdout'> {
  return { code, signal, stdout };
}

function linesOf(text: string, ours: boolean): string[] {
  // Node names its process id in its warnings.
  const lines = text.replace(/\(node:\d+\)/g, '(node:…)').split('\n');
  return lines.filter((line) => line.startsWith(PREFIX) === ours);
}
