/**
 * Name of the test runner this process is part of, or `undefined`. It goes by what runners put into the environment (Vitest,
 * Jest, `node --test`, Mocha's parallel mode), by `NODE_ENV=test`, and by the globals of Mocha, which leaves no variable.
 *
 * `globals` is `globalThis` of the application's thread; a worker has none of a runner's globals. Never throws.
 */
export function detectTestRunner(
  env: Readonly<Record<string, string | undefined>>,
  globals: Readonly<Record<string, unknown>> = {},
): string | undefined {
  if (env['VITEST']) return 'Vitest';
  // The package jest-worker sets JEST_WORKER_ID too, and frameworks serve production traffic from such workers; Jest itself sets
  // NODE_ENV=test unless it was set before.
  // https://github.com/jestjs/jest/blob/main/packages/jest-worker/src/workers/ChildProcessWorker.ts
  if (env['JEST_WORKER_ID'] && !/^(?:production|development)$/.test(env['NODE_ENV'] ?? '')) return 'Jest';
  // https://nodejs.org/api/test.html: set in every process that `node --test` starts.
  if (env['NODE_TEST_CONTEXT']) return 'node --test';
  // Since 9.2: https://github.com/mochajs/mocha/blob/main/CHANGELOG.md
  if (env['MOCHA_WORKER_ID'] !== undefined) return 'Mocha';
  if (['describe', 'it', 'before', 'after'].every((name) => isFunction(globals, name))) return 'Mocha';
  if (env['NODE_ENV'] === 'test') return 'NODE_ENV=test';
  return undefined;
}

function isFunction(globals: Readonly<Record<string, unknown>>, name: string): boolean {
  try {
    return typeof globals[name] === 'function';
  } catch {
    return false;
  }
}
