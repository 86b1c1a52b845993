/** Version of this package; a test holds it against package.json. */
export const PACKAGE_VERSION = '0.1.0';

/** Where the project lives. Discord asks clients to name an address in their User-Agent. */
export const PROJECT_URL = 'https://github.com/otel-discord-pager/otel-discord-pager';
