// Puts the two entries whose loading time an application feels into one file each: loading forty small modules takes three times as
// long as loading one. The types and every other module stay as the compiler wrote them.
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const dist = fileURLToPath(new URL('../dist/', import.meta.url));

for (const entry of ['index.js', 'pager-thread.js']) {
  const bundle = await rolldown({
    input: dist + entry,
    platform: 'node',
    // Packages stay packages, and what is loaded only where there is no other thread stays a file of its own.
    external: (id) => !/^[./]/.test(id) || (entry === 'index.js' && id.endsWith('pager-runtime.js')),
  });
  await bundle.write({ file: dist + entry, format: 'esm', codeSplitting: false });
  await bundle.close();
}
