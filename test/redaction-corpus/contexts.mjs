import { CLIENT_CONTEXTS } from './client-contexts.mjs';
import { DAMAGE_CONTEXTS } from './damage-contexts.mjs';
import { FORMAT_CONTEXTS } from './format-contexts.mjs';
import { LANGUAGE_CONTEXTS } from './language-contexts.mjs';
import { OBJECT_CONTEXTS } from './object-contexts.mjs';
import { SHELL_CONTEXTS } from './shell-contexts.mjs';
import { TEXT_CONTEXTS } from './text-contexts.mjs';
import { VALUE_CONTEXTS } from './value-contexts.mjs';

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
  ...LANGUAGE_CONTEXTS,
  ...CLIENT_CONTEXTS,
  ...VALUE_CONTEXTS,
];
