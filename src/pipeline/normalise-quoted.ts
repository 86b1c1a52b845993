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
  if (THING_BEFORE.test(before) || THING_BEFORE_CJK.test(before)) return name;
  if (REPLICA_BEFORE.test(before)) return 'replica';
  if (VALUE_BEFORE.test(before) || PERSON_CJK.test(before) || PERSON_NEAR.test(before)) return 'value';
  if (IS_PATH.test(content)) return 'sentence';
  if (mark === '`' || isKey(before, after) || THING_AFTER.test(after) || JSON_PATH.test(before)) return name;
  if (ASSIGNED.test(before)) return 'value';
  if (match.length === message.trim().length) return name;
  if (SPEAKS_OF_FAILURE.test(content)) return 'sentence';
  return PUNCTUATION.test(content) || IDENTIFIER.test(content) ? name : 'value';
}

const IS_NUMERIC = /^[\d\s.,:*-]*$/;
const IS_PATH = /^(?:\.{0,2}[\\/]|[A-Za-z]:\\|[a-z][a-z0-9+.-]{1,20}:\/\/)/;
const PUNCTUATION = /^[!-/:-@[-`{-~]{1,3}$/;
const IDENTIFIER = /^[!-/:-@[-`{-~]{0,3}[A-Za-z_][\w!-/:-@[-`{-~]{0,120}$/;

/** Types, clauses, error codes, constants: the same in every occurrence of one trouble. */
const FIXED_VALUE =
  /^(?:int|integer|str|float|bool|boolean|NoneType|list|dict|tuple|bytes|string|number|object|array|function|symbol|bigint|undefined|null|nil|true|false|field list|[a-z]{2,8} clause|(?:E|ERR_|SIG)[A-Z][A-Z0-9_]{2,}|[A-Z][A-Z0-9]*_[A-Z0-9_]+)$/;

/** Ends a text before a quote that the words before it lead up to: `relation "`, `reading '`, `field: "`, `Code: \``. */
const LEADS_UP = '(?:\\(s\\)|s)?["\'`]?[ :=([]{0,3}$';
const leadingUp = (words: string): RegExp => new RegExp(`(?:^|[^\\p{L}])(?:${words})${LEADS_UP}`, 'iu');

const THING_BEFORE = leadingUp(
  [
    'relation|table|view|column|constraint|index|key|sequence|schema|database|db|role|extension|trigger|collection|keyspace|slot',
    'queue|exchange|vhost|topic|stream|subscription|group|channel|job|task|lock|mutex|cron|schedule|step|stage|pipeline|bucket',
    'container|volume|image|deployment|namespace|cluster|secret|configmap|resource|metric|limit|quota|consumer',
    'function|class|module|package|assembly|plugin|import|export|named|reading|setting|access|invoke|property|properties|field',
    'attribute|parameter|param|argument|arg|option|header|variable|env|command|directive|type|enum|model|entity|bean|component',
    'service|service account|provider|template|middleware|handler|hook|route|endpoint|action|event|operation|mutation|resolver',
    'policy|permission|scope|feature|flag|file|directory|dir|path|near|code|errno|error|message|msg|detail|title|exception|kind',
    'reason|status|expected|method|metadata for|selector|placeholder|format|charset|codec|host|host ?name|server(?: at)?|upstream',
    '(?:denied|failed) for user|bean with name|object name|database user',
    // The same in other languages, for names that are no ASCII: queue, table, column, job, file.
    'Warteschlange|Tabelle|Spalte|Aufgabe|Datei|table|colonne|tâche|fichier|cola|tabla|columna|tarea|archivo|fila|tabela|coluna|tarefa',
    'coda|tabella|colonna|kolejka|kolejki|kolumna|zadanie|kuyruk|tablo|sütun|очередь|очереди|таблица|таблицы|столбец|задача|файл',
    'черга|черги|таблиця|стовпець|завдання',
  ].join('|'),
);
/** Scripts that put no blank between the words. */
const THING_BEFORE_CJK =
  /(?:キュー|テーブル|列|ジョブ|タスク|ファイル|队列|表|字段|任务|文件|佇列|대기열|테이블|작업)\s?$/;

/** One of many that are alike: which of them it was does not say what is wrong. */
const REPLICA_BEFORE = leadingUp(
  'thread|worker|pod|node|instance|replica|process|executor|machine|broker|member|statement|dyno|runner',
);

const PERSONS =
  'user|user ?name|login|customer|client|tenant|account|session|visitor|member|guest|subscriber|owner|author|buyer|seller|patient|student|' +
  'Kunden?|Kundin|Benutzers?|Nutzers?|utilisateur|usager|cliente?s?|usuarios?|usuário|utente|klient[aę]?|użytkownik[a]?|müşteri|kullanıcı|' +
  'клиента?|пользовател[ья]|клієнта?|користувача?|عميل|مستخدم|ग्राहक|उपयोगकर्ता';
/** Leads up to what somebody has typed, or what something contained. */
const VALUE_BEFORE = leadingUp(
  [
    PERSONS,
    'value|entry|literal|input|string|text|data|got|received|parsing|search(?:ing|ed)? for|query for|id|uuid|guid|sha|hash',
    'e-?mail|phone|slug|nickname|order|invoice|product|sku|coupon|voucher|payment|name is',
    'int|integer|bigint|smallint|numeric|decimal|real|double precision|float|date|timestamp|boolean|json|xml|base \\d+',
  ].join('|'),
);
const PERSON_CJK = /(?:顧客|ユーザー?|お客様|会員|用户|客户|顾客|會員|고객|사용자|회원)\s?$/;
/** `Ann's cart does not load for "ann"`. */
const PERSON_NEAR = new RegExp(
  `(?:^|[^\\p{L}])(?:${PERSONS})(?:['’]s)?(?![\\p{L}])[^"\\n]{0,40} (?:for|by|of|to|from) $`,
  'iu',
);
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
const ASSIGNED = /(?:["']\s?:\s?|=\s?)$/;

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
