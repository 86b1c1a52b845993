import { it } from 'vitest';
import { expectNoRefusal } from './hostile-input.ts';

const COUNT = 10_000;

it(`hostile lines and pages become valid messages: ${COUNT} of them, without one refusal`, { timeout: 480_000 }, () => {
  expectNoRefusal('lines and pages', COUNT);
});
