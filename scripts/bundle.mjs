// Puts what is loaded as a whole into one file each. The two entries whose loading time an application feels: loading forty small
// modules takes three times as long as loading one; their types and every other module stay as the compiler wrote them. And the
// page of the sandbox, with the libraries it is drawn with, so that they are no dependencies of the package.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const root = fileURLToPath(new URL('../', import.meta.url));
const dist = `${root}dist/`;

async function bundle(input, file, options, output = {}) {
  const made = await rolldown({ input, ...options });
  await made.write({ file, format: 'esm', codeSplitting: false, ...output });
  await made.close();
}

for (const entry of ['index.js', 'pager-thread.js']) {
  await bundle(dist + entry, dist + entry, {
    platform: 'node',
    // Packages stay packages, and what is loaded only where there is no other thread stays a file of its own.
    external: (id) => !/^[./]/.test(id) || (entry === 'index.js' && id.endsWith('pager-runtime.js')),
  });
}

const from = `${root}src/sandbox/page/`;
const to = `${dist}sandbox/page/`;
mkdirSync(to, { recursive: true });
await bundle(`${from}main.tsx`, `${to}page.js`, { platform: 'browser' }, { minify: true });
copyFileSync(`${from}index.html`, `${to}index.html`);
const styles = ['theme', 'sidebar', 'layout', 'message', 'markdown', 'embed', 'panel'].map((name) => `${name}.css`);
writeFileSync(`${to}page.css`, styles.map((file) => readFileSync(from + file, 'utf8')).join('\n'));
const licences = ['preact', 'discord-markdown-parser'].map(
  (name) => `${name}\n\n${readFileSync(`${root}node_modules/${name}/LICENSE`, 'utf8')}`,
);
writeFileSync(`${to}licences.txt`, `page.js contains:\n\n${licences.join('\n\n')}`);
