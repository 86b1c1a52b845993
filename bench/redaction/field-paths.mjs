/** Words of names under which secrets are kept, as somebody lists them who takes care. */
const NAMES = [
  ...['password', 'passwd', 'pwd', 'pass', 'passphrase', 'passcode', 'pin', 'otp', 'cvv', 'cvc', 'secret', 'secrets'],
  ...['token', 'tokens', 'jwt', 'auth', 'authorization', 'credentials', 'creds', 'cookie', 'apikey', 'pat', '_auth'],
  ...['set cookie', 'proxy authorization', 'api key', 'secret key', 'private key', 'access key', 'account key'],
  ...['encryption key', 'signing key', 'master key', 'storage key', 'client key', 'shared key', 'license key'],
  ...['access token', 'refresh token', 'auth token', 'session token', 'id token', 'bot token', 'csrf token'],
  ...['client secret', 'app secret', 'webhook secret', 'session id', 'connection string', 'password hash'],
  ...['db password', 'smtp pass', 'aws access key id', 'aws secret access key', 'aws session token', 'github token'],
  ...['x api key', 'x auth token', 'x vault token', 'private token', 'x csrf token', 'x amz security token'],
  ...['x goog api key', 'ocp apim subscription key', 'stripe secret key', 'openai api key', 'slack token'],
];

const capital = (word) => word.charAt(0).toUpperCase() + word.slice(1);

const spellings = (name) => {
  const words = name.split(' ');
  return new Set([
    words.join('_'),
    words.join('-'),
    words.map((word, i) => (i === 0 ? word : capital(word))).join(''),
    words.map(capital).join('-'),
    words.join('_').toUpperCase(),
    words.join('-').toUpperCase(),
  ]);
};

/** A path for every spelling of every name, at the top and up to three levels down: `*` means one level. */
export function fieldPaths() {
  const names = new Set(NAMES.flatMap((name) => [...spellings(name)]));
  return [...names].flatMap((name) => ['', '*', '*.*', '*.*.*'].map((above) => `${above}["${name}"]`));
}
