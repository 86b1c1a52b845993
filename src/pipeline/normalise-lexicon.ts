const words = (text: string): ReadonlySet<string> => new Set(text.split('|'));

/** Things of a system that have names: `relation "users"`, `queue 'mail'`, `reading 'id'`. */
export const THINGS: ReadonlySet<string> = words(
  [
    'relation|table|view|column|constraint|index|key|sequence|schema|database|db|role|extension|trigger|collection|keyspace|slot',
    'queue|exchange|vhost|topic|stream|subscription|group|channel|job|task|lock|mutex|cron|schedule|step|stage|pipeline|bucket',
    'container|volume|image|deployment|namespace|cluster|secret|configmap|resource|metric|limit|quota|consumer',
    'function|class|module|package|assembly|plugin|import|export|named|reading|setting|access|invoke|property|properties|field',
    'attribute|parameter|param|argument|arg|option|header|variable|env|command|directive|type|enum|model|entity|bean|component',
    'service|provider|template|middleware|handler|hook|route|endpoint|action|event|operation|mutation|resolver|indices|directories',
    'policy|policies|permission|scope|feature|flag|file|directory|dir|path|near|code|errno|error|message|msg|detail|title|exception',
    'kind|reason|cause|err|desc|description|status|expected|method|selector|placeholder|format|charset|codec|host|hostname|server|upstream',
    'op|phase|cmd|rule|check|monitor|alert|probe|region|zone|shard|dataset|api|vendor|gateway|carrier|locale|currency|branch|repo',
    'repository|repositories|project|app|application|site|domain|record|interface|device|disk|mount|partition|filesystem|sensor',
    'metadata for|denied for user|failed for user|with name|database user|service account|server at',
    // The same in other languages, for names that are no ASCII: queue, table, column, job, file.
    'warteschlange|tabelle|spalte|aufgabe|datei|colonne|tâche|fichier|cola|tabla|columna|tarea|archivo|fila|tabela|coluna|tarefa',
    'coda|tabella|colonna|kolejka|kolejki|kolumna|zadanie|kuyruk|tablo|sütun|очередь|очереди|таблица|таблицы|столбец|задача|файл',
    'черга|черги|таблиця|стовпець|завдання',
    'キュー|テーブル|列|ジョブ|タスク|ファイル|队列|表|字段|任务|文件|佇列|대기열|테이블|작업',
  ].join('|'),
);

/** Many that are alike: which of them it was does not say what is wrong. */
export const REPLICAS: ReadonlySet<string> = words(
  'thread|worker|pod|node|instance|replica|process|executor|machine|broker|member|statement|dyno|runner',
);

/** Who has a name that says nothing about the trouble. */
export const PERSONS: ReadonlySet<string> = words(
  [
    'user|username|login|customer|client|tenant|account|session|visitor|member|guest|subscriber|owner|author|buyer|seller|patient|student',
    'kunde|kunden|kundin|benutzer|nutzer|utilisateur|usager|cliente|usuario|usuário|utente|klient|klienta|użytkownik|użytkownika|müşteri',
    'kullanıcı|клиент|клиента|пользователь|пользователя|клієнт|клієнта|користувач|користувача|عميل|مستخدم|ग्राहक|उपयोगकर्ता',
    '顧客|ユーザー|ユーザ|お客様|会員|用户|客户|顾客|會員|고객|사용자|회원',
  ].join('|'),
);

/** What somebody has typed, or what something contained: `For input string: "12a"`. */
export const VALUES: ReadonlySet<string> = words(
  [
    'value|entry|literal|input|string|text|data|got|received|parsing|searching for|search for|query for|id|uuid|guid|sha|hash',
    'email|mail|phone|nickname|order|invoice|product|sku|coupon|voucher|payment|name is',
    'address|city|country|street|company|brand|artist|album|movie|book|article|category|keyword|term|phrase|word|comment|slug',
    'int|integer|bigint|smallint|numeric|decimal|real|double precision|float|date|timestamp|boolean|json|xml|base 10|base 16|base 0',
  ].join('|'),
);

const SEPARATORS = ' :=([';
const QUOTES = '"\'`';

/** What leads up to a place, lower-case: the last word before it and the last three of them. */
export interface LeadIn {
  readonly one: string;
  readonly two: string;
  readonly three: string;
}

/** Of the text before a quote: `in table "` leads in by `table`, `{"queue": "` by `queue`, `column(s) '` by `column`. */
export function leadInOf(before: string): LeadIn {
  let end = before.length;
  for (let i = 0; i < 3 && end > 0 && SEPARATORS.includes(before.charAt(end - 1)); i++) end--;
  if (end > 0 && QUOTES.includes(before.charAt(end - 1))) end--;
  if (before.endsWith('(s)', end)) end -= 3;
  const three = THREE_WORDS.exec(before.slice(Math.max(0, end - 48), end).toLowerCase());
  return { one: three?.[3] ?? '', two: `${three?.[2] ?? ''}${three?.[3] ?? ''}`, three: three?.[0] ?? '' };
}

// Letters only: `order_status` leads in as a status. A script without blanks between words is looked at by its endings.
const THREE_WORDS = /((?:[\p{L}\d-]{1,24} )?)((?:[\p{L}\d-]{1,24} )?)(\p{L}{1,24}|\d{1,2})$/u;

/** True when a text ends with one of the words, also in its plural, also as `queue name`. */
export function endsWith({ one, two, three }: LeadIn, lexicon: ReadonlySet<string>): boolean {
  const named = one === 'name' || one === 'names' ? two.slice(0, two.lastIndexOf(' ')) : '';
  return [one, two, three, named].some((text) => has(lexicon, text)) || endsWithIdeographs(one, lexicon);
}

function has(lexicon: ReadonlySet<string>, text: string): boolean {
  return text !== '' && (lexicon.has(text) || (text.endsWith('s') && lexicon.has(text.slice(0, -1))));
}

const LONGEST_CJK = 4;

function endsWithIdeographs(word: string, lexicon: ReadonlySet<string>): boolean {
  if (word === '' || (word.codePointAt(word.length - 1) ?? 0) < 0x3000) return false;
  for (let length = 1; length <= LONGEST_CJK; length++) if (lexicon.has(word.slice(-length))) return true;
  return false;
}
