/**
 * Which names promise a secret. A name is split into words (at `_`, `-`, `.`, blanks and case changes; digits dropped) and judged
 * by whole words, never by substrings: `token` is not in `tokenizer`, nor `pass` in `encompass`.
 */

function setOf(words: string): ReadonlySet<string> {
  return new Set(words.split(' '));
}

/** Words that say "secret" when they are the last of a name. */
const LAST_WORDS: ReadonlySet<string> = setOf(
  'psw macaroon password passwords passwd pwd pw pswd pass passphrase passphrases passcode secret secrets credential credentials ' +
    'creds authorization cookie cookies jwt jwts otp totp pin cvv cvc csrf xsrf token tokens bearer pat psk cred ' +
    'mnemonic contraseña contrasena passwort kennwort senha пароль пароли пароля wachtwoord hasło haslo lösenord ' +
    'losenord şifre sifre parola mdp heslo clave adgangskode salasana jelszó κωδικός geheimnis токен סיסמה khẩu',
);

/** Words that say "secret" wherever they stand, unless what follows is about the secret rather than the secret. */
const ANYWHERE_WORDS: ReadonlySet<string> = setOf(
  'password passwords passwd pwd passphrase passcode secret secrets credential credentials creds contraseña ' +
    'passwort senha пароль',
);

/** Scripts without blanks between words: a name that ends so. */
const LAST_SYLLABLES: readonly string[] = [
  '秘密鍵',
  'المرور',
  'パスワード',
  '密码',
  '密碼',
  '口令',
  '비밀번호',
  '암호',
];

/** `…key` is secret after these. */
const KEY_OWNERS: ReadonlySet<string> = setOf(
  'api app application secret private priv access account storage signing encryption enc decryption validation ' +
    'unseal stripe sendgrid mailgun fcm nuget kms tls ssl rsa aes preshared ssh rapidapi master auth authentication ' +
    'service client shared subscription webhook license licence sdk deploy hmac cipher symmetric session admin ' +
    'functions write fernet ingestion',
);

/** `…code` is secret after these. */
const CODE_OWNERS: ReadonlySet<string> = setOf(
  'mfa fa otp totp pin verification auth authorization recovery backup security activation device factor access ' +
    'login reset',
);

/** `auth` is secret as a whole name and after these. */
const AUTH_OWNERS: ReadonlySet<string> = new Set([
  'rediscli',
  'redis',
  'basic',
  'proxy',
  'http',
  'npm',
  'registry',
  'x',
]);

/** Names written without a separator, and pairs that form one word. */
const GLUED: ReadonlySet<string> = setOf(
  'apikey apikeys appkey privkey sslkey tlskey nthash lmhash pwhash ntlmhash securestring laravelsession pword ' +
    'sshkey basicauth rememberme apitoken authtoken accesstoken refreshtoken idtoken sessiontoken securitytoken ' +
    'privatetoken bearertoken usertoken bottoken sastoken githubtoken npmtoken csrftoken xsrftoken ' +
    'csrfmiddlewaretoken requestverificationtoken personalaccesstoken secretkey secretaccesskey privatekey accesskey ' +
    'sharedaccesskey accountkey storagekey encryptionkey signingkey masterkey authkey servicekey subscriptionkey ' +
    'licensekey licencekey deploykey clientsecret appsecret consumersecret sharedsecret jwtsecret webhooksecret ' +
    'cookiesecret sessionsecret totpsecret connectionstring connstring connstr sessionid sessid jsessionid phpsessid ' +
    'aspsessionid connectsid userpass dbpass rootpass smtppass authpass keypass storepass dbpwd userpwd passphrase ' +
    'requirepass masterauth aspxauth fernetkey passcode password passwd pincode otpcode mfacode motdepasse seedphrase recoveryphrase',
);

/** What one of these may end in, when its beginning is a word of its own. */
const GLUED_PARTS: ReadonlySet<string> = new Set(
  [...GLUED].flatMap((glued) => Array.from(glued, (_, from) => glued.slice(from))),
);

/** No English word but a compound of it ends in one of these. */
const GLUED_ENDINGS: readonly string[] =
  'password passwd passphrase passwort pwd pw storepass keypass secret token apikey accesskey secretkey privatekey'.split(
    ' ',
  );

function endsGlued(word: string): boolean {
  for (const ending of GLUED_ENDINGS) if (word.endsWith(ending)) return true;
  return false;
}

/** Words behind a secret's name that still mean its value: `password_hash`, `secretKeyBase`, `tokenOld`. */
const NEUTRAL_ENDINGS: ReadonlySet<string> = setOf(
  'value values val raw plain plaintext text data base bedrock old new current previous prev backup prod production ' +
    'dev staging live primary secondary confirm confirmation again repeat hash hashed digest encoded encrypted header ' +
    'headers param env str hex b v bin pem material',
);

/** Words that make a name one *about* a secret: counts and limits, metadata, flags, places. */
const METADATA_WORDS: ReadonlySet<string> = new Set(
  (
    'id ids fd encryption hasher type types kind name names label title description policy policies rule rules requirement requirements length len min max size ' +
    'count total limit limits remaining budget usage used bytes chars encoding format schema pattern regex algorithm alg strength score ' +
    'path paths file files filename dir directory folder mount url uri endpoint host port region location source ref reference arn ' +
    'time at on date day days hour hours minute minutes second seconds ms ttl age expires expiry expiration expired expire lifetime ' +
    'changed change changes updated update created create rotated rotation rotate interval reset resets resetting revoked issued ' +
    'method provider providers manager store engine backend service client server scope scopes user username email owner group namespace ' +
    'enabled disabled required optional valid invalid validity validated validation validator verified verification visible hidden masked ' +
    'exists exist present missing set unset configured provided loaded found match matches matched mismatch ok check checked checks ' +
    'status state error errors failure failures failed exception attempt attempts retry retries warning warnings message messages msg ' +
    'prompt stdin placeholder field fields input column index version versions category labels tags annotations metadata ' +
    'ts js mjs cjs tsx jsx py go rb java rs php cs kt swift cc cpp json yml yaml txt log conf ini md html css sql'
  ).split(' '),
);

/** `…tokens` counts something after these. */
const COUNT_WORDS: ReadonlySet<string> = new Set(
  (
    'prompt completion total max min input output cached reasoning thinking num n used remaining available per avg average count ' +
    'limit estimated context response request generated billed consumed'
  ).split(' '),
);

/** A name that begins so is a flag. */
const FLAG_WORDS: ReadonlySet<string> = new Set(['is', 'has', 'needs', 'requires', 'should', 'can', 'with', 'without']);

/** Only the plural of these can be a count, and a count is no secret. */
const COUNTABLE_WORDS: ReadonlySet<string> = new Set(['tokens', 'secrets', 'credentials', 'cookies']);

/** Every word above contains one of these, in whatever case: where none is, no name promises a secret. */
export const STEMS: readonly string[] = (
  'pass pwd pw pswd secret cred auth cookie jwt otp pin cvv cvc csrf xsrf token bearer conn sess pat key code phrase mnemonic senha contras ' +
  'kennwort wachtw haslo sifre losenord parola mdp psk salt pword verifier answer psw macaroon securestring nthash lmhash pwhash heslo clave adgangsk salasana jelsz geheim assertion κωδικ токен סיסמה المرور khẩu 秘密鍵 парол hasł lösenord şifre パスワード 密码 密碼 口令 비밀번호 암호'
).split(' ');

const ANY_STEM = new RegExp(STEMS.join('|'), 'i');

// A run of capitals is one word (`API` in `APIKey`); scripts without case form words of their own.
const WORDS = /\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|[\p{Lo}\p{Lm}]+/gu;
const ASCII_WORDS = /[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g;

/** Only so much of a name is looked at, from its end. */
const MAX_NAME_CHARS = 256;

/** The words of a name, lower-cased: `AWS_SECRET_ACCESS_KEY2` → `aws secret access key`. */
export function keyWords(name: string): string[] {
  const words = /[^\0-\x7f]/.test(name) ? name.normalize('NFC').match(WORDS) : name.match(ASCII_WORDS);
  return (words ?? []).map((word) => word.toLowerCase());
}

/** False for a name that is certainly not sensitive: a look much cheaper than {@link sensitiveWordOf}. */
export function mayBeSensitive(name: string): boolean {
  return ANY_STEM.test(name);
}

/**
 * The word that makes a name promise a secret (`key` for `x-api-key`, `password` for `dbPassword`), or undefined. Dotted
 * OpenTelemetry names count by their last parts.
 */
export function sensitiveWordOf(name: string): string | undefined {
  return promiseOf(name).word;
}

/** What a name says of its value. */
export interface NamePromise {
  /** As {@link sensitiveWordOf} gives it. */
  readonly word: string | undefined;
  /** Whether it may promise a secret with other words before it: `key` behind `api`. */
  readonly mayEnd: boolean;
  /** The word that it promises by, whatever words stand before it. */
  readonly ending: string | undefined;
}

const NO_PROMISE: NamePromise = { word: undefined, mayEnd: false, ending: undefined };
/** The same few names stand in most texts. */
const promises = new Map<string, NamePromise>();
const MAX_PROMISES = 1_024;
/** A piece of a text keeps the whole text in memory: what is remembered is copied, and not long. */
const REMEMBERED = /^[A-Za-z._-]{1,48}$/;

/** What the name says of its value. Names of letters alone are remembered, at most 1,024 of them. */
export function promiseOf(name: string): NamePromise {
  const remembered = promises.get(name);
  if (remembered !== undefined) return remembered;
  const promise = judgedPromise(name);
  if (!REMEMBERED.test(name)) return promise;
  if (promises.size >= MAX_PROMISES) promises.clear();
  promises.set(Buffer.from(name, 'latin1').toString('latin1'), promise);
  return promise;
}

function judgedPromise(name: string): NamePromise {
  if (!mayBeSensitive(name)) return NO_PROMISE;
  const shortened = name.length > MAX_NAME_CHARS ? name.slice(-MAX_NAME_CHARS) : name;
  const words = keyWords(shortened);
  return { word: judgedWord(shortened, words), mayEnd: mayEndSensitive(words), ending: endingOf(words) };
}

function endingOf(all: readonly string[]): string | undefined {
  const last = withoutNeutralEndings(all).at(-1);
  // Tokens are also counted, and unexpected.
  return last === undefined || !LAST_WORDS.has(last) || last.startsWith('token') ? undefined : last;
}

function judgedWord(name: string, words: readonly string[]): string | undefined {
  if (!name.includes('.')) return judge(words, true);
  const parts = name.split('.').filter((part) => /[^0-9\s]/.test(part));
  const last = keyWords(parts[parts.length - 1] ?? '');
  const found = judge(last, true);
  if (found !== undefined || parts.length < 2) return found;
  return judge([...keyWords(parts.slice(-3, -1).join('.')), ...last], false);
}

/** Words that say something only together with the one before them. */
const SECOND_WORDS: ReadonlySet<string> = setOf(
  'key keys auth code codes id assertion verifier answer salt string phrase passe requirepass masterauth',
);

function mayEndSensitive(words: readonly string[]): boolean {
  const last = words[words.length - 1];
  if (last === undefined) return false;
  return (
    LAST_WORDS.has(last) ||
    NEUTRAL_ENDINGS.has(last) ||
    SECOND_WORDS.has(last) ||
    GLUED_PARTS.has(last) ||
    endsGlued(last) ||
    LAST_SYLLABLES.some((ending) => last.endsWith(ending))
  );
}

/** What stands between name and value in a sentence: `API key provided: …`. */
const TOLD = /(?: (?:provided|given|received|supplied|used|sent|is|was)){1,3}$/;

/** As {@link sensitiveWordOf} for words of prose before a delimiter (`the api key: …`), where only the last ones count. */
export function sensitiveEndingOf(phrase: string): string | undefined {
  return mayBeSensitive(phrase) ? judge(keyWords(phrase.replace(TOLD, '')), false) : undefined;
}

/** True when whatever stands under this name is to be treated as a secret; see {@link isHarmlessUnder} for the exceptions. */
export function isSensitiveKey(name: string): boolean {
  return sensitiveWordOf(name) !== undefined;
}

/** True for a number that counts something (`tokens: 1534`). */
export function isCount(word: string, value: number): boolean {
  return COUNTABLE_WORDS.has(word) && Number.isInteger(value) && value >= 0 && value < 1_000_000;
}

function judge(all: readonly string[], anywhere: boolean): string | undefined {
  const words = withoutNeutralEndings(all);
  const last = words[words.length - 1];
  if (last === undefined) return undefined;
  if (anywhere && words.length > 1 && FLAG_WORDS.has(words[0] as string)) return undefined;
  const previous = words[words.length - 2] ?? '';
  const byLast = judgeLast(last, previous);
  if (byLast !== undefined) return byLast === '' ? undefined : byLast;
  if (GLUED.has(previous + last) || (last === 'passe' && previous === 'de')) return last;
  return anywhere ? judgeAnywhere(words) : undefined;
}

/** The deciding word, `''` for "certainly not", undefined for "cannot tell by the last word". */
function judgeLast(last: string, previous: string): string | undefined {
  if (LAST_WORDS.has(last)) {
    if (last === 'tokens' && COUNT_WORDS.has(previous)) return '';
    return last === 'token' && previous === 'unexpected' ? '' : last;
  }
  if (last === 'key' || last === 'keys') return KEY_OWNERS.has(previous) ? 'key' : undefined;
  if (last === 'auth') return previous === '' || AUTH_OWNERS.has(previous) ? 'auth' : undefined;
  if (last === 'code' || last === 'codes') return CODE_OWNERS.has(previous) ? 'code' : undefined;
  if (last === 'id') return previous === 'session' || previous === 'secret' ? previous : undefined;
  if (last === 'assertion') return previous === 'jwt' || previous === 'client' ? 'token' : undefined;
  if (last === 'verifier') return previous === 'code' || previous === 'oauth' ? 'token' : undefined;
  if (last === 'answer') return previous === 'security' ? 'passcode' : undefined;
  if (last === 'salt')
    return previous === 'auth' || previous === 'password' || previous === 'nonce' ? 'secret' : undefined;
  if (last === 'string' && (previous === 'connection' || previous === 'conn')) return 'connection';
  if (last === 'phrase' && (previous === 'seed' || previous === 'recovery')) return 'passphrase';
  if (GLUED.has(last) || endsGlued(last)) return last;
  return LAST_SYLLABLES.some((ending) => last.endsWith(ending)) ? 'password' : undefined;
}

function judgeAnywhere(words: readonly string[]): string | undefined {
  const at = words.findIndex((word) => ANYWHERE_WORDS.has(word));
  if (at < 0 || words.slice(at + 1).some((word) => METADATA_WORDS.has(word))) return undefined;
  return words[at];
}

function withoutNeutralEndings(words: readonly string[]): readonly string[] {
  let end = words.length;
  while (end > 1 && NEUTRAL_ENDINGS.has(words[end - 1] as string)) end--;
  return end === words.length ? words : words.slice(0, end);
}
