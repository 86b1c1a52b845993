/** `--inspect`, `--inspect-brk` and `--inspect-wait`, with or without an address; not `--inspect-port`, which opens nothing. */
const INSPECT_FLAG = /(?:^|[\s"])--inspect(?:-brk|-wait)?(?:=|[\s"]|$)/;

/**
 * True when the process was started for a debugger: who stands at a breakpoint has no blocked event loop. VS Code opens the
 * inspector by a preload, and says so in a variable. `inspector.url()` would know more, but loading `node:inspector` takes longer
 * than the rest of the start.
 */
export function isInspected(execArgv: readonly string[], env: Readonly<Record<string, string | undefined>>): boolean {
  return (
    execArgv.some((flag) => INSPECT_FLAG.test(flag)) ||
    INSPECT_FLAG.test(env['NODE_OPTIONS'] ?? '') ||
    (env['VSCODE_INSPECTOR_OPTIONS'] ?? '') !== ''
  );
}
