import { isBuiltin } from 'node:module';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { rolldown } from 'rolldown';

const ENTRY = fileURLToPath(new URL('../../dist/redact.js', import.meta.url));

/** The entry `redact` as a bundler takes it in: minified, compressed, and how many packages it needs. */
export async function measureSize() {
  const packages = new Set();
  const bundle = await rolldown({
    input: ENTRY,
    platform: 'node',
    external: (id) => {
      const isPackage = !/^[./]/.test(id) && !isBuiltin(id);
      if (isPackage) packages.add(id);
      return isPackage;
    },
  });
  const { output } = await bundle.generate({ format: 'esm', minify: true, codeSplitting: false });
  await bundle.close();
  const code = output.map((chunk) => chunk.code ?? '').join('');
  return { minifiedKb: Buffer.byteLength(code) / 1000, gzipKb: gzipSync(code).length / 1000, packages: packages.size };
}
