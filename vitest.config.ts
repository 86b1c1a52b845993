import { defineConfig, type ViteUserConfig } from 'vitest/config';

/** They compute and nothing else: no process, no socket, no time that passes. Others might come too late beside them. */
const COMPUTING = [
  'test/{capture,config,pipeline,render}/**/*.test.ts',
  'test/end-to-end/hostile-*.test.ts',
  'test/{blocked,stack,title}.test.ts',
];

/** They wait for processes more than they compute, and leave them the time they need: two at once. */
const WAITING = ['test/{examples,package}/**/*.test.ts', 'test/documentation.test.ts'];

const config: ViteUserConfig = defineConfig({
  test: {
    exclude: ['**/node_modules/**', 'test/lines/**'],
    testTimeout: 20_000,
    hookTimeout: 30_000,
    expect: { poll: { timeout: 5_000 } },
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
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});

export default config;
