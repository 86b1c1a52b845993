import { createCommandHost } from './command-host.ts';
import { runCommandLine } from './program.ts';

// Timers of the pager never keep a process alive; a command that waits for one of them has to.
const held = setInterval(() => undefined, 60_000);
const host = createCommandHost(process);
let code = 1;
try {
  code = await runCommandLine(process.argv.slice(2), host);
} catch (error) {
  // A bug of ours. Its message may quote what it was working on.
  host.stderr.line(`error: the command failed unexpectedly (${error instanceof Error ? error.name : typeof error})`);
}
await Promise.all([host.stdout.drained(), host.stderr.drained()]);
clearInterval(held);
process.exit(code);
