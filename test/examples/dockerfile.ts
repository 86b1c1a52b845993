import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** An instruction, continued lines joined. */
export interface Instruction {
  readonly word: string;
  readonly rest: string;
}

/** What a stage has come to. */
export interface Stage {
  /** Folder that stands for `/`. */
  readonly root: string;
  workdir: string;
  readonly env: Record<string, string>;
  user: string;
  cmd: readonly string[];
}

export function readDockerfile(file: string): Instruction[] {
  return readFileSync(file, 'utf8')
    .replaceAll(/^#.*\n/gm, '')
    .replaceAll('\\\n', ' ')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [, word = '', rest = ''] = /^(\w+)\s+(.*)$/.exec(line) ?? [];
      return { word, rest };
    });
}

/** Sources and target of a COPY; `from` names another stage. */
export function readCopy(rest: string): { from: string | undefined; sources: string[]; target: string } {
  const words = rest.split(/\s+/);
  const from = words[0]?.startsWith('--from=') ? words.shift()?.slice('--from='.length) : undefined;
  return { from, target: words.pop() ?? '', sources: words };
}

/** True for a path that the ignore file (`*`, then `!what` is let through) keeps in the build. */
export function isInContext(path: string, ignoreFile: string): boolean {
  const kept = readFileSync(ignoreFile, 'utf8')
    .split('\n')
    .flatMap((line) => (line.startsWith('!') ? [line.slice(1)] : []));
  return kept.some((one) => path === one || path.startsWith(`${one}/`));
}

/**
 * Carries out the steps of a Dockerfile in folders, with this machine's Node in the place of the base image: COPY, RUN, WORKDIR, ENV,
 * USER and CMD as they stand. Shows that the steps work; the isolation of a container is not in it.
 */
export function carryOut(
  instructions: readonly Instruction[],
  contextDir: string,
  folder: string,
): ReadonlyMap<string, Stage> {
  const stages = new Map<string, Stage>();
  let stage: Stage | undefined;
  for (const { word, rest } of instructions) {
    if (word === 'FROM') {
      const [base = '', , name = base] = rest.split(/\s+/);
      const before = stages.get(base);
      const root = join(folder, name);
      mkdirSync(root, { recursive: true });
      if (before !== undefined) cpSync(before.root, root, { recursive: true, verbatimSymlinks: true });
      stage = {
        root,
        workdir: '/',
        env: {},
        user: 'root',
        cmd: [],
        ...(before && { ...before, root, env: { ...before.env } }),
      };
      stages.set(name, stage);
    } else if (stage === undefined) throw new Error(`${word} before FROM`);
    else apply(stage, word, rest, contextDir, stages);
  }
  return stages;
}

function apply(stage: Stage, word: string, rest: string, contextDir: string, stages: ReadonlyMap<string, Stage>): void {
  const here = join(stage.root, stage.workdir);
  switch (word) {
    case 'WORKDIR':
      stage.workdir = rest;
      mkdirSync(join(stage.root, rest), { recursive: true });
      return;
    case 'ENV': {
      const [name = '', value = ''] = rest.split('=');
      stage.env[name] = value;
      return;
    }
    case 'USER':
      stage.user = rest;
      return;
    case 'CMD':
      stage.cmd = JSON.parse(rest) as string[];
      return;
    case 'EXPOSE':
      return;
    case 'COPY': {
      const { from, sources, target } = readCopy(rest);
      const root = from === undefined ? contextDir : stages.get(from)?.root;
      if (root === undefined) throw new Error(`COPY from a stage that is not there: ${from}`);
      for (const source of sources) {
        const path = join(root, source);
        const isFolder = existsSync(path) && readdirSafe(path) !== undefined;
        // A folder's contents go into the target, a file goes into it under its name.
        cpSync(path, isFolder ? join(here, target) : join(here, target, target.endsWith('/') ? basename(source) : ''), {
          recursive: true,
        });
      }
      return;
    }
    case 'RUN':
      execFileSync('sh', ['-ec', rest], {
        cwd: here,
        env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...npmSettings(), ...stage.env },
        stdio: ['ignore', 'pipe', 'pipe'],
        timeout: 120_000,
      });
      return;
    default:
      throw new Error(`an instruction that is not known here: ${word}`);
  }
}

/** Where npm reads its settings: another Node than npm's own would look beside itself, and miss the registry that is set there. */
function npmSettings(): Record<string, string> {
  const names = ['npm_config_globalconfig', 'npm_config_userconfig'];
  const own = names.flatMap((name) => (process.env[name] ? [[name, process.env[name]] as const] : []));
  // What was fetched a few minutes ago for this repository itself is not asked for again.
  return { ...Object.fromEntries(own), npm_config_prefer_offline: 'true' };
}

function readdirSafe(path: string): string[] | undefined {
  try {
    return readdirSync(path);
  } catch {
    return undefined;
  }
}
