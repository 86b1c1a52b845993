import { DAMAGE_CONTEXTS } from './damage-contexts.mjs';
import { FORMAT_CONTEXTS } from './format-contexts.mjs';
import { OBJECT_CONTEXTS } from './object-contexts.mjs';
import { SHELL_CONTEXTS } from './shell-contexts.mjs';
import { TEXT_CONTEXTS } from './text-contexts.mjs';

/**
 * Every place of the specification in which a secret turns up.
 * @type {readonly import('./context-table.mjs').Context[]}
 */
export const contexts = [
  ...TEXT_CONTEXTS,
  ...FORMAT_CONTEXTS,
  ...SHELL_CONTEXTS,
  ...DAMAGE_CONTEXTS,
  ...OBJECT_CONTEXTS,
];
