/** The system's code of a fault (`ENOSPC`); nothing else of it is ever shown, because its message names paths. */
export function errorCode(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : 'unknown error';
}
