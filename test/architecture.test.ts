import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from './support/child.ts';

const SRC = join(ROOT, 'src');
const everything = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => /\.tsx?$/.test(file));
/** The page of the sandbox runs in a browser and is a house of its own. */
const pageFiles = everything.filter((file) => file.startsWith('sandbox/page/'));
const files = everything.filter((file) => !pageFiles.includes(file));

/** What a file loads at run time; types are free. */
function loads(file: string): { target: string; isPackage: boolean }[] {
  const text = readFileSync(join(SRC, file), 'utf8');
  return [...text.matchAll(/^(?:import|export)(?!\s+type\b)\s+([^;]*?)from '([^']+)';|^import '([^']+)';/gm)]
    .filter(([, names = '']) => !/^\{(?:\s*type\s+\w+(?:\s+as\s+\w+)?\s*,?)+\s*\}\s*$/.test(names))
    .map(([, , from, bare]) => from ?? bare ?? '')
    .map((target) =>
      target.startsWith('.')
        ? { target: normalize(join(dirname(file), target)).replaceAll('\\', '/'), isPackage: false }
        : { target, isPackage: true },
    );
}

const roomOf = (file: string): string => (file.includes('/') ? (file.split('/')[0] ?? '') : 'src');

describe('the house', () => {
  it('has no room grown too large', () => {
    const large = everything
      .map((file) => [file, readFileSync(join(SRC, file), 'utf8').split('\n').length - 1] as const)
      .filter(([, lines]) => lines > 400);
    expect(large.map(([file]) => file)).toEqual([]);
  });

  it('keeps the capture light: on the application’s thread it loads itself and a few leaves', () => {
    const leaves = ['alert.ts', 'alert-size.ts', 'priority.ts', 'matcher.ts', 'clock.ts'];
    const others = files
      .filter((file) => roomOf(file) === 'capture')
      .flatMap((file) => loads(file).map(({ target, isPackage }) => ({ file, target, isPackage })))
      .filter(({ target, isPackage }) =>
        isPackage ? !target.startsWith('node:') : roomOf(target) !== 'capture' && !leaves.includes(target),
      );
    expect(others).toEqual([]);
  });

  it.each(['pipeline', 'render', 'delivery'])('%s loads nothing of the two others', (room) => {
    const others = files
      .filter((file) => roomOf(file) === room)
      .flatMap((file) => loads(file).map(({ target }) => `${file} → ${target}`))
      .filter((edge) =>
        ['pipeline', 'render', 'delivery', 'capture', 'cli', 'intake'].some(
          (other) => other !== room && edge.includes(`→ ${other}/`),
        ),
      );
    expect(others).toEqual([]);
  });

  it('has a sandbox that only the command line loads, and that loads the emulator and leaves', () => {
    const allowed = ['sandbox', 'discord-emulator'];
    const leaves = ['clock.ts', 'priority.ts', 'render/preview.ts'];
    const inside = files
      .filter((file) => roomOf(file) === 'sandbox')
      .flatMap((file) => loads(file))
      .filter(({ target, isPackage }) =>
        isPackage ? !target.startsWith('node:') : !allowed.includes(roomOf(target)) && !leaves.includes(target),
      );
    const outside = files
      .filter((file) => !['sandbox', 'cli'].includes(roomOf(file)))
      .filter((file) => loads(file).some(({ target }) => target.startsWith('sandbox/')));
    expect({ inside, outside }).toEqual({ inside: [], outside: [] });
  });

  it('has a page that loads what it is drawn with, and nothing of the server but types', () => {
    const packages = ['preact', 'preact/hooks', 'preact/compat', 'discord-markdown-parser'];
    const others = pageFiles
      .flatMap((file) => loads(file).map(({ target, isPackage }) => ({ file, target, isPackage })))
      .filter(({ target, isPackage }) =>
        isPackage ? !packages.includes(target) : !target.startsWith('sandbox/page/'),
      );
    expect(others).toEqual([]);
    const names = Object.keys(
      (JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { dependencies: object }).dependencies,
    );
    expect(names.filter((name) => packages.includes(name))).toEqual([]);
  });

  it('loads heavy packages in one place each', () => {
    const heavy = files.flatMap((file) =>
      loads(file)
        .filter(({ isPackage, target }) => isPackage && !target.startsWith('node:'))
        .map(({ target }) => `${target} ← ${file}`),
    );
    expect(heavy.filter((edge) => !/^zod\/mini ← config\/|^commander ← cli\//.test(edge)).toSorted()).toEqual([
      'pino-abstract-transport ← intake/pino-transport.ts',
    ]);
  });

  it('supervises a command without the pager: what is loaded meanwhile is the command line alone', () => {
    const reached = new Set(['cli/main.ts', 'cli/run.ts']);
    for (const file of reached) for (const { target, isPackage } of loads(file)) if (!isPackage) reached.add(target);
    const packages = [...reached].flatMap((file) => loads(file).filter(({ isPackage }) => isPackage));
    expect([...new Set(packages.map(({ target }) => target))].filter((name) => !name.startsWith('node:'))).toEqual([
      'commander',
    ]);
    expect([...reached].filter((file) => /^(?:pager|delivery|pipeline|sandbox)/.test(file))).toEqual([]);
  });

  it('has one place that takes time and chance from the machine', () => {
    const allowed = ['clock.ts', 'create-pager.ts', 'pager-runtime.ts'];
    const found = files
      .filter((file) => !allowed.includes(file) && !['cli', 'discord-emulator'].includes(roomOf(file)))
      .filter((file) =>
        /\b(?:Date\.now|Math\.random)\(/.test(
          readFileSync(join(SRC, file), 'utf8').replace(/^\s*(?:\/\/|\*).*$/gm, ''),
        ),
      );
    expect(found).toEqual([]);
  });

  it('is left by process.exit through one door', () => {
    const found = files.filter((file) =>
      /(?<!#)\bprocess\.exit\(/.test(readFileSync(join(SRC, file), 'utf8').replace(/^\s*(?:\/\/|\*|\/\*\*).*$/gm, '')),
    );
    expect(found.map((file) => relative('.', file))).toEqual(['cli/main.ts']);
  });
});
