import { describe, expect, it } from 'vitest';
import { detectTestRunner } from '../../src/config/test-runner.ts';

const FUNCTION = (): void => undefined;

describe('the test runner around a process', () => {
  it.each<[string, Record<string, string>, Record<string, unknown>, string | undefined]>([
    ['none', {}, {}, undefined],
    ['production', { NODE_ENV: 'production' }, {}, undefined],
    ['Vitest', { VITEST: 'true', NODE_ENV: 'test' }, {}, 'Vitest'],
    ['Jest', { JEST_WORKER_ID: '1', NODE_ENV: 'test' }, {}, 'Jest'],
    ['Jest without NODE_ENV', { JEST_WORKER_ID: '1' }, {}, 'Jest'],
    ['a production server in a jest-worker', { JEST_WORKER_ID: '1', NODE_ENV: 'production' }, {}, undefined],
    ['node --test', { NODE_TEST_CONTEXT: 'child-v8' }, {}, 'node --test'],
    ['Mocha in parallel', { MOCHA_WORKER_ID: '0' }, {}, 'Mocha'],
    ['Mocha', {}, { describe: FUNCTION, it: FUNCTION, before: FUNCTION, after: FUNCTION }, 'Mocha'],
    ['some globals of the same name', {}, { it: FUNCTION, after: FUNCTION }, undefined],
    ['NODE_ENV=test', { NODE_ENV: 'test' }, {}, 'NODE_ENV=test'],
    ['empty variables', { VITEST: '', JEST_WORKER_ID: '', NODE_TEST_CONTEXT: '' }, {}, undefined],
  ])('%s', (_, env, globals, expected) => {
    expect(detectTestRunner(env, globals)).toBe(expected);
  });

  it('sees the runner of this very test', () => {
    expect(detectTestRunner(process.env, globalThis)).toBe('Vitest');
  });

  it('survives globals that throw', () => {
    const globals = new Proxy(
      {},
      {
        get: () => {
          throw new Error('no');
        },
      },
    );
    expect(detectTestRunner({}, globals)).toBeUndefined();
  });
});
