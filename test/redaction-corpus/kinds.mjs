import { LINE_SECRETS } from './line-secrets.mjs';
import { NAMED_SECRETS } from './named-secrets.mjs';
import { PLATFORM_TOKENS } from './platform-tokens.mjs';
import { SERVICE_TOKENS } from './service-tokens.mjs';
import { STRUCTURED_SECRETS } from './structured-secrets.mjs';
import { URL_SECRETS } from './url-secrets.mjs';

/**
 * Every kind of secret of the specification, and a few beyond it.
 * @type {readonly import('./token-table.mjs').Kind[]}
 */
export const kinds = [
  ...PLATFORM_TOKENS,
  ...SERVICE_TOKENS,
  ...STRUCTURED_SECRETS,
  ...URL_SECRETS,
  ...LINE_SECRETS,
  ...NAMED_SECRETS,
];
