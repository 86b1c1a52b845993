// Fails as tests of a pipeline do: the database that the job should have started is not there.
import { connect } from 'node:net';
import { test } from 'node:test';

const databaseUrl = process.env.DATABASE_URL ?? 'postgres://ci@127.0.0.1:5432/test';

test('every migration can be applied', async () => {
  try {
    await openDatabase(databaseUrl);
  } catch (cause) {
    throw new Error(`no database at ${databaseUrl}`, { cause });
  }
});

/** Stands for a database driver. */
function openDatabase(url) {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    socket.once('connect', () => resolve(socket.end())).once('error', reject);
  });
}
