import type { Clock } from '../clock.ts';
import { absolutePath, type PathHost } from './file-path.ts';
import type { Finding } from './finding.ts';
import { describePath, showName } from './shown-value.ts';
import { describeReadFailure, READ_TIMEOUT_MS, withinTime } from './text-file.ts';

/** Fetches secrets that a configuration names instead of holding them. */
export interface SecretResolver {
  /** What stands before the colon, lower-case: `azure-keyvault`. */
  readonly scheme: string;
  /**
   * The secret behind a whole reference (`azure-keyvault://vault/name`). Rejects with a {@link SecretUnavailable} to say why not;
   * of any other error nothing is shown. After 5 s it is given up.
   */
  resolve(reference: string): Promise<string>;
}

/** Why a secret could not be had, in words that hold no secret. */
export class SecretUnavailable extends Error {
  readonly code = 'PAGER_SECRET_UNAVAILABLE';
  readonly found: string;
  readonly remedy: string;

  constructor(found: string, remedy: string) {
    super(`${found}. ${remedy}`);
    this.name = 'SecretUnavailable';
    this.found = found;
    this.remedy = remedy;
  }
}

/** What the built-in resolvers read from. */
export interface SecretSources {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly host: PathHost;
  readonly clock: Clock;
  readFile(path: string): Promise<string> | string;
}

const SCHEME = /^([a-z][a-z0-9+-]{1,30}):/i;

/** The scheme of a value (`file`, `env`, `https`), lower-case; `undefined` where it has none. */
export function schemeOf(value: string): string | undefined {
  return SCHEME.exec(value.trim())?.[1]?.toLowerCase();
}

/** `file:<path>`: the content of a file, blanks around it removed. Relative paths start at `baseDir`. */
export function createFileResolver(sources: SecretSources, baseDir: string): SecretResolver {
  return {
    scheme: 'file',
    async resolve(reference) {
      const path = reference.replace(/^file:/i, '').trim();
      if (path === '') throw new SecretUnavailable('a reference without a path', 'Write file:<path>.');
      const absolute = absolutePath(path, baseDir, sources.host);
      let text: string;
      try {
        text = await withinTime(sources.readFile(absolute), READ_TIMEOUT_MS, sources.clock);
      } catch (error) {
        const remedy = path.includes('://')
          ? 'Here the path of a file is expected, not the value itself.'
          : 'Check that it exists and that the user of this process may read it.';
        throw new SecretUnavailable(`the file ${describePath(absolute)}, which ${describeReadFailure(error)}`, remedy);
      }
      const secret = typeof text === 'string' ? text.replace(/^\uFEFF/, '').trim() : '';
      if (secret === '') {
        throw new SecretUnavailable(`the file ${describePath(absolute)}, which is empty`, 'Write the secret into it.');
      }
      return secret;
    },
  };
}

/** `env:<NAME>`: the value of another environment variable. */
export function createEnvResolver(sources: SecretSources): SecretResolver {
  return {
    scheme: 'env',
    resolve(reference) {
      const name = reference.replace(/^env:(?:\/\/)?/i, '').trim();
      const value = Object.hasOwn(sources.env, name) ? sources.env[name]?.trim() : undefined;
      if (value) return Promise.resolve(value);
      // What does not look like a variable's name may be the secret itself, filled in by a shell.
      const shown = /^[A-Z][A-Z0-9_]*$/.test(name) ? showName(name) : '<not shown>';
      const found = `the variable ${shown}, which is ${value === '' ? 'empty' : 'not set'}`;
      return Promise.reject(new SecretUnavailable(found, 'Set it for this process, or name another one.'));
    },
  };
}

/** `azure-keyvault://<vault>/<secret>[/<version>]`: the form is checked, but this version cannot fetch it. */
export const azureKeyVaultResolver: SecretResolver = {
  scheme: 'azure-keyvault',
  resolve(reference) {
    // https://learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates#object-identifiers
    const isForm = /^azure-keyvault:\/\/[a-z][a-z0-9-]{2,23}\/[a-z0-9-]{1,127}(?:\/[a-f0-9]{32})?\/?$/i.test(
      reference.trim(),
    );
    return Promise.reject(
      isForm
        ? new SecretUnavailable(
            'a reference to Azure Key Vault, which is not available in this version',
            'Mount the secret as a file and write file:<path>, or pass it in a variable.',
          )
        : new SecretUnavailable(
            'a malformed reference to Azure Key Vault',
            'Write azure-keyvault://<vault>/<secret> or azure-keyvault://<vault>/<secret>/<version>.',
          ),
    );
  },
};

/** A resolver's answer as a value: the secret, or a finding that holds none. */
export async function resolveSecret(
  resolver: SecretResolver,
  reference: string,
  clock: Clock,
): Promise<{ readonly ok: true; readonly secret: string } | { readonly ok: false; readonly finding: Finding }> {
  try {
    const secret = await withinTime(resolver.resolve(reference), READ_TIMEOUT_MS * 2, clock);
    if (typeof secret === 'string' && secret.trim() !== '') return { ok: true, secret: secret.trim() };
    return fail(`a reference (${resolver.scheme}:) that gave nothing`, 'Check that the secret has a value.');
  } catch (error) {
    if (error instanceof SecretUnavailable) return fail(error.found, error.remedy);
    const what = `a reference (${resolver.scheme}:) that ${describeReadFailure(error)}`;
    return fail(what, 'Check the reference and that this process may read it.');
  }

  function fail(found: string, remedy: string): { readonly ok: false; readonly finding: Finding } {
    return { ok: false, finding: { found, expected: 'a secret that can be read', remedy } };
  }
}
