import { absolutePath, type PathHost, pathStyleOf } from './file-path.ts';

const OWN_DIR = 'otel-discord-pager';

/**
 * Where state is kept when nothing else is said: `$STATE_DIRECTORY` (systemd gives a colon list: its first entry), else
 * `otel-discord-pager` under `$XDG_STATE_HOME`, `~/.local/state`, or `%LOCALAPPDATA%` on Windows. Without a home directory there is
 * none, which means memory only. Nothing is created.
 *
 * @see https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#RuntimeDirectory=
 * @see https://specifications.freedesktop.org/basedir-spec/latest/ (relative paths are to be ignored)
 */
export function defaultStateDir(env: Readonly<Record<string, string | undefined>>, host: PathHost): string | undefined {
  const style = pathStyleOf(host.platform);
  const usable = (path: string | undefined): path is string => path !== undefined && style.isAbsolute(path);
  const isWindows = host.platform === 'win32';
  const given = isWindows ? env['STATE_DIRECTORY'] : env['STATE_DIRECTORY']?.split(':')[0];
  if (usable(given)) return style.resolve(given);
  if (usable(env['XDG_STATE_HOME'])) return style.join(env['XDG_STATE_HOME'], OWN_DIR);
  if (isWindows && usable(env['LOCALAPPDATA'])) return style.join(env['LOCALAPPDATA'], OWN_DIR);
  if (!usable(host.homeDir)) return undefined;
  return isWindows
    ? style.join(host.homeDir, 'AppData', 'Local', OWN_DIR)
    : style.join(host.homeDir, '.local', 'state', OWN_DIR);
}

/** The state directory that a user named: `none` is memory only, a relative path starts at the working directory. */
export function resolveStateDir(text: string, host: PathHost): string | undefined {
  return text.trim().toLowerCase() === 'none' ? undefined : absolutePath(text, host.cwd, host);
}
