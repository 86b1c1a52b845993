import { it } from 'vitest';
import { expectNoRefusal } from './hostile-input.ts';

const COUNT = 10_000;

it(`hostile log records become valid messages: ${COUNT} of them, without one refusal`, { timeout: 480_000 }, () => {
  expectNoRefusal('log records', COUNT);
});
