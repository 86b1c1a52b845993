import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ROOT } from '../support/child.ts';
import { EXAMPLE_NAMES, readExample } from './example.ts';

const index = readFileSync(join(ROOT, 'examples/README.md'), 'utf8');

it('the list of examples is complete', () => {
  const folders = readdirSync(join(ROOT, 'examples'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  expect([...index.matchAll(/^\| \[`([\w-]+)`\]\(\1\)/gm)].map(([, name]) => name).toSorted()).toEqual(
    folders.toSorted(),
  );
});

describe.each(EXAMPLE_NAMES)('examples/%s', (name) => {
  const { dir, readme, scripts, dependencies, lines } = readExample(name);

  it('is started by one command', () => {
    expect(scripts['start']).toMatch(/^(?:discord-pager sandbox .*-- |docker compose up )/);
    expect(lines.some((line) => /^npm start\b/.test(line))).toBe(true);
  });

  it('has pinned what it depends on, and this package from here', () => {
    const { 'otel-discord-pager': own, ...others } = dependencies;
    expect(own).toBe('file:../..');
    for (const version of Object.values(others)) expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it('names files and scripts that are there', () => {
    for (const [, file = ''] of readme.matchAll(/`(\w[\w./-]*\.(?:js|ts|sh|ya?ml|env|csv))`/g))
      expect(existsSync(join(dir, file)) || existsSync(join(dir, 'src', file)), file).toBe(true);
    for (const [, script = ''] of readme.matchAll(/npm (?:run )?(start|test|deploy|build)\b/g))
      expect(Object.keys(scripts)).toContain(script);
  });

  it('says how to go to a real webhook', () => {
    expect(readme).toContain('## For real');
    expect(readme).toMatch(/DISCORD_PAGER_WEBHOOK_|secrets/);
  });

  it('shows YAML that can be read', () => {
    for (const [, code = ''] of readme.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)) expect(() => parse(code)).not.toThrow();
  });
});
