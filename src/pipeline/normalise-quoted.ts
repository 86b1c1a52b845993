import { endsWith, leadInOf, PERSONS, REPLICAS, THINGS, VALUES } from './normalise-lexicon.ts';
import { isCodePlace } from './normalise-number.ts';

/**
 * What a quoted text is. A `value` is somebody's and goes. A `name` is a thing of the system and stays with its small numbers, a
 * `replica` is one of many alike and stays without numbers, a `sentence` is normalised like any other text.
 */
export type QuotedKind = 'value' | 'name' | 'replica' | 'sentence';

/**
 * Decides by the words around, then by the shape. Where neither says anything, what looks like an identifier is one: taking a value for
 * a name splits an incident, taking a name for a value hides one.
 */
export function kindOfQuoted(match: string, before: string, after: string, message: string): QuotedKind {
  const mark = match.charAt(0);
  const content = match.slice(1, -1).trim();
  if (content === '' || (IS_NUMERIC.test(content) && !isCodePlace(before))) return 'value';
  const name: QuotedKind = content.includes(' ') ? 'sentence' : 'name';
  if (FIXED_VALUE.test(content)) return name;
  if (VALUE_AFTER.test(after) || VALUE_OF_TYPE.test(before)) return 'value';
  if (PUNCTUATION.test(content)) return name;
  const lead = leadInOf(before);
  // The number in the name of a file is a document's.
  if (FILE_NAME.test(content)) return 'sentence';
  if (endsWith(lead, THINGS)) return name;
  if (endsWith(lead, REPLICAS)) return 'replica';
  if (endsWith(lead, VALUES) || endsWith(lead, PERSONS)) return 'value';
  if (FOR_SOMEBODY.test(before) && PERSON_NEAR.test(before)) return 'value';
  if (IS_PATH.test(content)) return 'sentence';
  if (mark === '`' || isKey(before, after) || THING_AFTER.test(after) || JSON_PATH.test(before)) return name;
  if (ASSIGNED.test(before)) return 'value';
  if (match.length === message.trim().length) return name;
  if (SPEAKS_OF_FAILURE.test(content)) return 'sentence';
  return IDENTIFIER.test(content) ? name : 'value';
}

const IS_NUMERIC = /^[\d\s.,:*-]*$/;
const IS_PATH = /^(?:\.{0,2}[\\/]|[A-Za-z]:\\|[a-z][a-z0-9+.-]{1,20}:\/\/)/;
const FILE_NAME =
  /\.(?:pdf|csv|tsv|png|jpe?g|gif|webp|svg|json|xml|txt|zip|gz|xlsx?|docx?|pptx?|log|mp[34]|wav|mov|html?|ya?ml|parquet|sql|bak|tmp|part)$/i;
const PUNCTUATION = /^[!-/:-@[-`{-~]{1,3}$/;
const IDENTIFIER = /^[!-/:-@[-`{-~]{0,3}[A-Za-z_][\w!-/:-@[-`{-~]{0,120}$/;

/** Types, clauses, error codes, constants: the same in every occurrence of one trouble. */
const FIXED_VALUE =
  /^(?:int|integer|str|float|bool|boolean|NoneType|list|dict|tuple|bytes|string|number|object|array|function|symbol|bigint|undefined|null|nil|true|false|field list|[a-z]{2,8} clause|(?:E|ERR_|SIG)[A-Z][A-Z0-9_]{2,}|[A-Z][A-Z0-9]*_[A-Z0-9_]+)$/;

/** `Ann's cart does not load for "ann"`. */
const FOR_SOMEBODY = / (?:for|by|of|to|from) $/;
const PERSON_NEAR = new RegExp(`(?<!\\p{L})(?:${[...PERSONS].join('|')})(?:['’]s)?(?!\\p{L})[^"\\n]{0,40}$`, 'iu');
/** `invalid input value for enum order_status: "x"` */
const VALUE_OF_TYPE = /(?<!\p{L})(?:type|enum) [\w.]{1,60}: ["'`]?$/iu;
const VALUE_KINDS =
  '(?:enum|value|choice|option|integer|number|float|decimal|date|time|uuid|e-?mail|phone|url|id|format)';
/** Follows a value: `ab` is shorter than …, `x` is not a valid enum value. */
const VALUE_AFTER = new RegExp(
  `^\\)? is (?:(?:shorter|longer|less|more|greater|smaller) than|too (?:long|short|large|small)|(?:not a valid|an invalid) ${VALUE_KINDS})|^ [!=]==? `,
);

/** Begins with what follows a quoted name of a system thing: `"email" is required`, `'x' is not defined`, `"path" argument`. */
const THING_AFTER =
  /^(?:: executable| (?:is (?:required|undefined|null|missing|read-only|deprecated|not (?:defined|a function|a constructor|iterable|exported|allowed|installed|registered|configured|supported))|must |as it is|before initialization|object |relation|table|column|constraint|index|queue|topic|job|bucket|function|module|package|argument|parameter|option|property|field|header|attribute|collection|service|worker|exchange|stream|command|event|plugin))/;

const JSON_PATH = /path["']?\s?[:=]\s?\[[^\]]{0,48}$/;
/** The value of a JSON key, of `key=`, of a condition (`= 'ann'`, Ecto's `== ^"ann"`). */
const ASSIGNED = /(?:["']\s?:\s?|=\s?\^?)$/;

function isKey(before: string, after: string): boolean {
  return /^\s?:/.test(after) && /[{,[]\s*$/.test(before);
}

/** An answer that is quoted tells two causes apart. */
const SPEAKS_OF_FAILURE = new RegExp(
  '(?<!\\p{L})(?:errors?|fail(?:ed|ure|s)?|exception|invalid|unexpected|unknown|unable|unavailable|unauthori[sz]ed|forbidden|not|no|cannot|' +
    "can't|denied|refused|rejected|declined|missing|expired|exceeded|insufficient|time(?:d )?out|closed|aborted|cancell?ed|conflict|" +
    'corrupt(?:ed)?|overloaded|nicht|kein\\p{L}{0,2}|ungültig\\p{L}{0,2}|abgelehnt|abgelaufen|gesperrt|fehlgeschlagen|échoué|échec|refusée?|expirée?|' +
    'bloquée?|invalide|inválid[oa]|rechazad[oa]|caducad[oa]|bloquead[oa]|recusad[oa]|expirad[oa]|falhou|rifiutat[oa]|scadut[oa]|bloccat[oa]|' +
    'odrzucon\\p{L}|wygasł\\p{L}|zablokowan\\p{L}|reddedildi|geçersiz|отклон\\p{L}{1,6}|недостаточно|заблокирован\\p{L}?|ошибка|неверн\\p{L}{1,3}|' +
    'відхилен\\p{L}|недостатньо|заблокован\\p{L}|помилка)(?!\\p{L})|失敗|拒否|無効|エラー|凍結|失败|拒绝|无效|错误|冻结|실패|거절|거부|오류|정지',
  'iu',
);
