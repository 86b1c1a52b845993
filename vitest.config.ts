import { availableParallelism } from 'node:os';
import { defineConfig, type ViteUserConfig } from 'vitest/config';
import { LongestFirst } from './test/support/longest-first.ts';

/** They compute and nothing else: no process, no socket, no time that passes. Others might come too late beside them. */
const COMPUTING = [
  'test/{capture,config,pipeline,regexp,render}/**/*.test.ts',
  'test/end-to-end/hostile-*.test.ts',
  'test/{blocked,stack,title}.test.ts',
];

/** They wait for processes more than they compute, and leave them the time they need: at least two at once. */
const WAITING = [
  'test/{examples,package}/**/*.test.ts',
  // The demo has moments that must not be missed.
  'test/cli/!(demo).test.ts',
  'test/documentation.test.ts',
];

const config: ViteUserConfig = defineConfig({
  test: {
    exclude: ['**/node_modules/**', 'test/lines/**'],
    testTimeout: 20_000,
    hookTimeout: 30_000,
    expect: { poll: { timeout: 5_000 } },
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'computing',
          include: COMPUTING,
          maxWorkers: '100%',
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'running',
          include: ['test/**/*.test.ts'],
          exclude: [...COMPUTING, ...WAITING],
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'waiting',
          include: WAITING,
          maxWorkers: Math.max(2, availableParallelism() - 1),
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});

export default config;
