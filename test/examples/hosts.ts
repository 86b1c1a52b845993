import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';

/** A machine of its own, as far as the network goes. */
export interface Host {
  /** Starts a program there; it is ended with the hosts. */
  start(command: readonly string[], options: { cwd: string; env: Readonly<Record<string, string>> }): ChildProcess;
  /** Runs a program there to its end. Rejects when it fails. */
  run(command: readonly string[], options?: { cwd?: string }): Promise<string>;
}

/** Several hosts that reach each other by name. */
export interface Hosts {
  readonly kind: 'namespaces' | 'loopback';
  host(name: string): Host;
  close(): void;
}

const ENV = { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '/' };

/**
 * One network namespace for each name, joined by a bridge, each with the names of all in its hosts file. Where that is not allowed
 * (not root, no iproute2), all names are this machine.
 */
export function openHosts(names: readonly string[]): Hosts {
  const children = new Set<ChildProcess>();
  const endAll = (): void => {
    for (const child of children) {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      } catch {
        // It has ended by itself.
      }
    }
  };
  const hostWith = (prefix: readonly string[]): Host => ({
    start(command, { cwd, env }) {
      const [file = '', ...args] = [...prefix, ...command];
      const child = spawn(file, args, {
        cwd,
        env: { ...ENV, ...env },
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      children.add(child);
      return child;
    },
    async run(command, { cwd = '/' } = {}) {
      const [file = '', ...args] = [...prefix, ...command];
      const { stdout } = await promisify(execFile)(file, args, { cwd, env: ENV, timeout: 10_000 });
      return stdout;
    },
  });

  const namespaces = makeNamespaces(names);
  if (namespaces === undefined) {
    return { kind: 'loopback', host: () => hostWith([]), close: endAll };
  }
  return {
    kind: 'namespaces',
    host: (name) => hostWith(['ip', 'netns', 'exec', namespaces.nameOf(name)]),
    close() {
      endAll();
      namespaces.remove();
    },
  };
}

function makeNamespaces(names: readonly string[]): { nameOf(name: string): string; remove(): void } | undefined {
  const nameOf = (name: string): string => `pager-${process.pid}-${name}`;
  // A block for documentation and tests of devices that talk to each other: https://www.rfc-editor.org/rfc/rfc2544#appendix-C
  const addressOf = (name: string): string => `198.18.77.${names.indexOf(name) + 1}`;
  const bridge = nameOf('net');
  const ip = (...args: string[]): void => {
    execFileSync('ip', args, { stdio: ['ignore', 'pipe', 'pipe'] });
  };
  const remove = (): void => {
    for (const name of [...names.map(nameOf), bridge]) {
      try {
        ip('netns', 'delete', name);
      } catch {
        // It never came to be.
      }
      rmSync(`/etc/netns/${name}`, { recursive: true, force: true });
    }
  };
  try {
    // The bridge lives in a namespace as well: nothing of this touches the machine's own network.
    ip('netns', 'add', bridge);
    ip('-n', bridge, 'link', 'add', 'bridge', 'type', 'bridge');
    ip('-n', bridge, 'link', 'set', 'bridge', 'up');
    const hosts = names.map((name) => `${addressOf(name)} ${name}`).join('\n');
    for (const [index, name] of names.entries()) {
      const namespace = nameOf(name);
      ip('netns', 'add', namespace);
      ip('-n', namespace, 'link', 'add', 'net', 'type', 'veth', 'peer', 'name', `port${index}`, 'netns', bridge);
      ip('-n', bridge, 'link', 'set', `port${index}`, 'master', 'bridge', 'up');
      ip('-n', namespace, 'address', 'add', `${addressOf(name)}/24`, 'dev', 'net');
      ip('-n', namespace, 'link', 'set', 'net', 'up');
      ip('-n', namespace, 'link', 'set', 'lo', 'up');
      mkdirSync(`/etc/netns/${namespace}`, { recursive: true });
      writeFileSync(`/etc/netns/${namespace}/hosts`, `127.0.0.1 localhost\n${hosts}\n`);
      ip('netns', 'exec', namespace, 'true');
    }
    return { nameOf, remove };
  } catch {
    remove();
    return undefined;
  }
}
