/** An answer as a test looks at it. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed where it is JSON, else the text. */
  // biome-ignore lint/suspicious/noExplicitAny: tests read whatever they expect to be there
  readonly body: any;
}

/** `http://…/api/webhooks/…` as a client calls it: with the newest version. */
export function v10(webhookUrl: string): string {
  return webhookUrl.replace('/api/webhooks/', '/api/v10/webhooks/');
}

export async function call(
  method: string,
  url: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const json = body !== undefined && !(body instanceof FormData) && typeof body !== 'string';
  const response = await fetch(url, {
    method,
    headers: { 'user-agent': 'emulator-test/1', ...(json ? { 'content-type': 'application/json' } : {}), ...headers },
    ...(body === undefined ? {} : { body: json ? JSON.stringify(body) : (body as string | FormData) }),
  });
  const text = await response.text();
  let parsed: unknown = text;
  try {
    parsed = JSON.parse(text);
  } catch {
    // Not JSON: the text itself.
  }
  return { status: response.status, headers: response.headers, body: parsed };
}

export const post = (url: string, body?: unknown): Promise<Answer> => call('POST', url, body);
export const patch = (url: string, body?: unknown): Promise<Answer> => call('PATCH', url, body);
export const get = (url: string): Promise<Answer> => call('GET', url);
export const remove = (url: string): Promise<Answer> => call('DELETE', url);
