/**
 * What may stand under a sensitive name without being a secret: nothing, flags, placeholders, references to where a secret is
 * kept, and, in free text only, source code and prose. Decided by the value's own form, never by a hint found in the text.
 */

import { isDigit, matches } from './redact-chars.ts';

const WORDS_FOR_NOTHING =
  /^(?:true|false|null|nil|none|undefined|unset|missing|required|optional|expired|invalid|nan|yes|no|on|off|n\/a)$/i;

// `YOUR_API_KEY`, `<password>`, `${VAR}`, `{{ var }}`, `%NAME%`, `$(command)`, `{name}`, `%s`, `$1`, `?`, and runs of one
// character that masks. Each alternative is bounded and begins differently.
const PLACEHOLDER =
  /^(?:\$?[A-Z]+(?:_[A-Z]+)+|\$[A-Z_][A-Z0-9_]{1,60}|\$(?:[a-z]{1,20}_?){0,3}(?:password|passwd|pass|pwd|token|secret|key)|<[A-Za-z][A-Za-z _:/-]{0,60}>|\$\{[^{}]{0,120}\}|\{\{[^{}]{0,120}\}\}|%[A-Z_][A-Z0-9_]{0,60}%|\$\([^()]{0,120}\)|\{(?:\d{0,2}|[A-Z_]{1,40}|[a-z_]{1,40}(?:[A-Z][a-z]{1,20}){0,4})\}|%[sdv]|\$\d{1,2}|\$[a-z]{1,2}|:[a-z][a-z_]{1,30}|[^\p{L}\p{N}\s]{1,3}|\?|([*xX•.#_…-])\1{2,}|\*+|[xX])$/u;

// Marks that other tools leave.
const FOREIGN_MARK =
  /^[[(<]?(?:redacted|filtered|hidden|masked|removed|sanitized|omitted|censored|empty|object(?: [a-z]{1,20})?|array|circular(?: \*\d{1,3})?|function[^\]]{0,60}|getter(?:\/setter)?|setter|promise)[\])>]$/i;

// Where a secret is kept is no secret: `arn:aws:secretsmanager:…`, `op://vault/item`, `file:/run/secrets/x`, `env:DB_PASSWORD`.
const REFERENCE =
  /^(?:(?:ssh-(?:rsa|ed25519|dss)|ecdsa-sha2-[\w-]{1,20}) [\w+/=]{1,1024}[^\n]{0,80}|arn:[\w:/.*+-]{1,512}|(?:op|azure-keyvault|gcp-secret|aws-secret|awssm|awsps|gcpsm|vault|sm|ssm|ref\+[a-z]{2,20}):(?:\/\/|(?=[a-z]+\/))[\w/.:#-]{1,256}|file:\/[\w/.-]{1,256}|env:[A-Z_][A-Z0-9_]{0,80})$/;
const SECRET_PATH = /^\/?[a-z][a-z_-]{0,40}(?:\/[a-z][a-z0-9_.-]{0,40}){1,12}$/;

/** Where a key is kept. */
const KEY_FILE = /^[\w./~-]{0,200}\/[\w.-]{1,80}\.(?:key|pem|crt|cer|p12|pfx|jks|json|pub)$/;
// `PWD` of a shell is no password.
const WORKING_DIRECTORY =
  /^(?:~|[A-Za-z]:\\|\/$|\/(?:home|root|app|srv|usr|var|opt|tmp|etc|data|build|workspace|mnt|Users|github|code|repo|src)(?:\/|$))/;
// What is demanded of a value: JSON Schema.
const SCHEMA =
  /^\{\s{0,8}\\{0,7}["']?type\\{0,7}["']?\s{0,2}:\s{0,2}\\{0,7}["']?(?:string|number|boolean|integer)\b[^{}]{0,400}\}$/;
/** What a token may do: `token:read`. */
const SCOPES =
  /^(?:read|write|admin|list|create|update|delete|manage|all|ok|plain|login|basic|digest|ntlm|oauth2?|bearer|jwt|ldap|saml|oidc|cert|mtls|anonymous|guest)$/;

/** Names that people give to things: `secret 'db-credentials'` is one of Kubernetes. */
export const GIVEN_NAME: RegExp = /^[a-z][a-z0-9]*(?:[-_./][a-z0-9]+)+$/;
const CONNECTION_PARTS = /:\/\/|[A-Za-z]\s?=\s?\S/;

const TEMPLATE_PARTS = /\$\{[^{}]{0,200}\}|\{\{[^{}]{0,200}\}\}/g;

/**
 * True for a value that is no secret though its name promises one: empty, a boolean or its words, a placeholder, a mark of
 * another tool, a reference to where the secret is kept. `word` is what makes the name sensitive.
 */
export function isHarmlessValue(value: string, word: string): boolean {
  const trimmed = value.trim();
  if (trimmed === '' || trimmed === '""' || trimmed === "''") return true;
  if (trimmed.length > 520) return false;
  if (WORDS_FOR_NOTHING.test(trimmed) || FOREIGN_MARK.test(trimmed)) return true;
  // Each of the two begins as the other does not; their patterns cost more than this look.
  const first = trimmed.charCodeAt(0);
  const isLower = first >= 97 && first <= 122;
  if (isLower && first !== 120 ? REFERENCE.test(trimmed) : !isDigit(first) && PLACEHOLDER.test(trimmed)) return true;
  if (word === 'key' && KEY_FILE.test(trimmed)) return true;
  if (word.endsWith('pwd') && WORKING_DIRECTORY.test(trimmed)) return true;
  if (word === 'pin' && /^GPIO_?\d{1,2}$/i.test(trimmed)) return true;
  if (word === 'pass' && /^\d{1,6}(?:\.\d{1,6})?(?:ms|s|m|h|%)$/.test(trimmed)) return true;
  if (SCHEMA.test(trimmed) && !/default|example|const|enum|value/i.test(trimmed)) return true;
  if (!THOUGHT_UP.has(word) && (PROSE.has(trimmed.toLowerCase()) || SCOPES.test(trimmed))) return true;
  if ((word === 'secret' || word === 'secrets') && SECRET_PATH.test(trimmed)) return true;
  if (word === 'secrets' && (GIVEN_NAME.test(trimmed) || /^[a-z]{1,24}$/.test(trimmed))) return true;
  // What a parser calls its tokens.
  if (word === 'token' && /^[A-Z][A-Z_]{1,24}$/.test(trimmed)) return true;
  // What is secret in a connection string has a name or a place of its own, and host and database help.
  if (word === 'connection' && CONNECTION_PARTS.test(trimmed)) return true;
  // The modes of `fetch`: https://fetch.spec.whatwg.org/#concept-request-credentials-mode
  if (word === 'credentials' && /^(?:include|omit|same-origin)$/.test(trimmed)) return true;
  // `${user}:${password}`: nothing but templates and what holds them together.
  return /[$]\{|\{\{/.test(trimmed) && !/[^\s:;,@/|-]/.test(trimmed.replace(TEMPLATE_PARTS, ''));
}

// Right-hand sides of source lines. All sticky; every quantifier is bounded or has a class its neighbour lacks.
const KEYWORD_EXPRESSION =
  /![01](?![\w!])|(?:ConvertTo-SecureString|New-Object|Read-Host|Get-[A-Z]\w{2,30})(?![\w-])|(?:await|typeof|yield)\s+[A-Za-z_$]|new\s+[A-Za-z_$][\w$.]{0,80}\s?\(|(?:async\s)?function\b|\([\w\s,]{0,80}\)\s?=>/y;
// Names without digits, and arguments that hold no signs a password likes: `vault.get(x)`, not `Zq7(;=0`.
const CALL =
  /(?:[A-Za-z_$]{1,80}(?:\.|::|->)){0,8}[A-Za-z_$]{2,80}!?\([\w\s"'`\\.,$[\]{}:/()-]{0,200}\)(?=\??[;,]?(?:[\s)}\]"'`\\]|$)|\??[.:])/y;
// One letter has names of letters behind it: `s.` and a run with digits is a token of Vault.
const MEMBER_CHAIN =
  /(?:(?:process\.env|(?:random|aws|google|azurerm|kubernetes|vault)_[a-z_]{2,40}|import\.meta\.env|Deno\.env|Bun\.env|os\.environ|ENV|env|this|self|config|cfg|conf|settings|options|opts|props|params|args|argv|req|request|res|response|ctx|context|state|event|secrets|vars|var|local|module|data|each|user|account|session|body|input|form|payload|result|credentials)(?:\??\.[A-Za-z_$][\w$]{0,80}|\[\\{0,7}["']?[\w-]{1,80}\\{0,7}["']?\]){1,8}|[a-z](?:\??\.[A-Za-z_$]{1,40}|\[\\{0,7}["']?[\w-]{1,80}\\{0,7}["']?\]){1,8})(?=[\s,;:)}\]|&?!"'`\\]|$)/y;
const TYPE_NAME =
  /(?:(?:string|number|boolean|any|unknown|never|object|str|int|bool|bytes|float|String|Boolean|Optional|Token|Credentials|Buffer|Uint8Array|varchar|text|nvarchar|SecretStr|SecretString)(?:\[\])?\s?(?=[,;)|}=?<([]|$)|(?:String|Int|ID|Boolean)!|[A-Z][A-Za-z]{2,20}(?:<[\w<>, ?]{1,60}>|\[[\w ,|.]{1,60})(?=[,;)}\s=\](]|$))/y;

// Fields of models and tables: `CharField(max_length=128)`.
const FIELD =
  /(?:[A-Za-z_]{2,40}\.){0,3}[A-Z][A-Za-z]{2,40}\((?:[\w.]{1,40}(?:=[\w."']{1,40})?(?:, ?[\w.]{1,40}(?:=[\w."']{1,40})?){0,6})?\)/y;

/** True when source code begins at `at` rather than a value: a call, `await`, `new`, a member chain, a type. */
export function isExpression(text: string, at: number, afterBlank: boolean): boolean {
  if (matches(KEYWORD_EXPRESSION, text, at) || matches(MEMBER_CHAIN, text, at)) return true;
  if (afterBlank && matches(TYPE_NAME, text, at)) return true;
  return matches(CALL, text, at) || matches(FIELD, text, at);
}

/** Words that follow `password:` in a sentence rather than being one. Only after a colon and a blank, or a flag's name. */
const PROSE: ReadonlySet<string> = new Set(
  (
    'a an the this that these those it its is are was were be been being has have had do does did not no none never only also and or but ' +
    'if when while until unless because since for from to of in on at by with without into onto as than then so such via per ' +
    'must should shall may might can could cannot will would need needs want try please use used using set get got gets ' +
    'too very more less least most many few some any all each every both either neither ' +
    'expired expires invalid valid missing required malformed incorrect wrong mismatch mismatched rejected revoked unknown unsupported ' +
    'denied unauthorized forbidden failed failure failing failures error errors unavailable unreachable empty blank absent undefined ' +
    'found accepted created updated deleted rotated refreshed changed renewed loaded stored saved disabled enabled ok okay ' +
    'could unable cant wont isnt doesnt retrying skipping ignoring unexpected reset resetting checking validating fetching ' +
    'generating loading rotating refreshing expecting expected provided given defined ' +
    // As other languages put it.
    'zu falsch ungültig abgelaufen fehlt darf muss ist nicht erforderlich geändert inválida inválido incorrecta incorrecto requerida obligatoria ' +
    'demasiado obrigatória obrigatório incorreta incorreto invalide requis expiré trop est oublié manquant неверный неверен неправильный ' +
    'обязателен истек слишком не'
  ).split(' '),
);

/** Further words of that kind, which people also take for passwords: they count only where a machine makes the secret. */
const PROSE_NOUNS: ReadonlySet<string> = new Set(
  (
    'verification validation signature audience issuer algorithm claim claims access permission user users account request response ' +
    'authentication authorization connection timeout retry success header headers value values secret secrets token tokens key keys ' +
    'credential credentials'
  ).split(' '),
);

/** Names whose values people think up: for them a lone plain word may well be the secret. */
export const THOUGHT_UP: ReadonlySet<string> = new Set([
  'password',
  'passwords',
  'passwd',
  'pwd',
  'pass',
  'passphrase',
  'passcode',
  'pin',
  'mdp',
  'senha',
  'passwort',
  'kennwort',
  'contraseña',
  'contrasena',
]);

/** True for a word that a sentence is made of, where a value could stand. */
export function isProseWord(word: string): boolean {
  return PROSE.has(word.toLowerCase()) || PROSE_NOUNS.has(word.toLowerCase());
}

const PLAIN_WORD = /[\p{L}]\p{Ll}{0,19}(?:'[a-z]{1,3})?/uy;
/** Scripts without blanks between words. */
const IDEOGRAPHS = /[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]{3}/y;
const NEXT_WORD = /[,.]? [A-Za-z][a-z]{0,19}(?=[\s,.;:!?)]|$)/y;

/** True where a sentence begins in a script without blanks between words. */
export function isIdeographic(text: string, at: number): boolean {
  return matches(IDEOGRAPHS, text, at);
}

const ENDS_WORD = /[\s,.;:!?)\]}"'`\\]/;

/** True when a sentence goes on at `at` (`token: expired at noon`) where a value could stand. */
export function isProse(text: string, at: number, word: string): boolean {
  PLAIN_WORD.lastIndex = at;
  if (!PLAIN_WORD.test(text)) return false;
  const end = PLAIN_WORD.lastIndex;
  if (end < text.length && !ENDS_WORD.test(text.charAt(end))) return false;
  const first = text.slice(at, end);
  const plain = first.replace("'", '').toLowerCase();
  // Mongoose: "password: Path `password` is required".
  if (PROSE.has(plain) || text.startsWith(' `', end)) return true;
  if (THOUGHT_UP.has(word)) return false;
  // A machine's secret is no lower-case word with another one behind it; a thought-up one may be.
  return PROSE_NOUNS.has(plain) || matches(NEXT_WORD, text, end);
}
