import { inspect } from 'node:util';
import pinoRedact from '@pinojs/redact';
import { lintSource } from '@secretlint/core';
import { secretLintProfiler } from '@secretlint/profiler';
import { creator } from '@secretlint/secretlint-rule-preset-recommend';
import { findSensitiveValues, scrub } from '@zapier/secret-scrubber';
import { redact } from '../../dist/redact.js';
import { fieldPaths } from './field-paths.mjs';

const preset = '@secretlint/secretlint-rule-preset-recommend';
const keyIds = { id: '@secretlint/secretlint-rule-aws', options: { enableIDScanRule: true } };
const lintConfig = { rules: [{ id: preset, rule: creator, rules: [keyIds] }] };
// It keeps a mark of every step of every call for good, which a linter that ends can afford.
secretLintProfiler.mark = () => {};
const withPaths = pinoRedact({ paths: fieldPaths(), serialize: false });

/** Masks what secretlint reports. It reads texts: of anything else what a log would show. */
async function lintAndMask(input) {
  const text = typeof input === 'string' ? input : inspect(input, SHOWN);
  const { messages } = await lintSource({
    source: { content: text, filePath: 'app.log', ext: '.log', contentType: 'text' },
    options: { config: lintConfig },
  });
  let masked = text;
  for (const [from, to] of messages.map(({ range }) => range).sort((a, b) => b[0] - a[0])) {
    masked = `${masked.slice(0, from)}***${masked.slice(to)}`;
  }
  return masked;
}

/** It reads objects: a text comes as the message of one. */
const withFieldPaths = (input) => (typeof input === 'string' ? withPaths({ msg: input }).msg : withPaths(input));

const SHOWN = { depth: Infinity, maxArrayLength: null, maxStringLength: null, breakLength: Infinity };

/** As the README of the package says: what it finds is what it takes out. A bare text has no keys, so it gets one. */
function findAndScrub(input) {
  const secrets = findSensitiveValues(typeof input === 'string' ? { message: input } : input);
  return secrets.length === 0 ? input : scrub(input, secrets);
}

/** Who is compared, in the order of the columns, each used as its README says and as generously as its options allow. */
export const CONTENDERS = [
  { title: 'this package', redact, packages: [] },
  { title: '@pinojs/redact', redact: withFieldPaths, packages: ['@pinojs/redact'] },
  { title: 'secretlint', redact: lintAndMask, packages: ['@secretlint/core', preset] },
  { title: '@zapier/secret-scrubber', redact: findAndScrub, packages: ['@zapier/secret-scrubber'] },
];
