// The first letters of the months in English, German, Dutch, Swedish, French, Spanish, Portuguese, Italian, Polish, Turkish,
// Russian and Ukrainian; the last two and Polish in the genitive, in which a date stands.
const MONTH_STEMS = (
  'jan ene gen sty янв січ oca feb fév fev lut фев лют şub mar mär мар бер apr avr abr kwi апр кві nis mai may maj мая тра jun jui ' +
  'giu cze июн чер haz jul lug lip июл лип tem aug aoû ago sie авг сер ağu sep set wrz сен вер eyl oct okt out ott paź окт жов eki ' +
  'nov lis ноя лис kas dec dez déc dic gru дек гру ara'
).split(' ');
const MONTH = `(?:${MONTH_STEMS.map((stem) => `[${stem.charAt(0)}${stem.charAt(0).toUpperCase()}]${stem.slice(1)}`).join('|')})\\p{L}{0,8}`;
const SHORT_MONTH = 'Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec';
const ZONE = '(?: ?Z| ?[+-]\\d{2}:?\\d{2})?';

/** Source of an expression for dates, for the flags `gu`. Times of day alone are {@link CLOCK}. */
export const DATE: string = [
  // ISO 8601, and what programs make of it in file names.
  `(?<![A-Za-z0-9])\\d{4}-\\d{2}-\\d{2}(?:[T_ ]\\d{2}[:_]\\d{2}(?:[:_]\\d{2}(?:[.,_]\\d{1,9})?)?${ZONE})?(?![A-Za-z0-9])`,
  // `03/Nov/2026:04:05:06 +0000` of web servers, `3. November 2026`, `3 de noviembre de 2026`, `3 ноября 2026 г.`
  `(?<![A-Za-z0-9])\\d{1,2}/(?:${SHORT_MONTH})/\\d{4}(?::\\d{2}){0,3}${ZONE}(?![A-Za-z0-9])`,
  `(?<![A-Za-z0-9])\\d{1,2}(?:st|nd|rd|th|er|\\.|º)?(?: de)? ${MONTH}(?: de)?,? \\d{4}(?: [гр]\\.)?(?![A-Za-z0-9])`,
  `(?<!\\p{L})${MONTH} \\d{1,2}(?:st|nd|rd|th)?, \\d{4}(?![A-Za-z0-9])`,
  // RFC 5322, `Date.prototype.toString`, syslog.
  `(?<![A-Za-z0-9])(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? )?(?:\\d{1,2}[ -])?(?:${SHORT_MONTH})(?:[ -]{1,2}\\d{1,4}){1,2}(?:,? \\d{4})?` +
    `(?:[ T:]\\d{1,2}:\\d{2}(?::\\d{2})?)?(?: (?:GMT|UTC)(?:[+-]\\d{4})?(?: \\([A-Za-z ]{1,40}\\))?)?(?![A-Za-z0-9])`,
].join('|');

/** How lines of Kubernetes begin, `E1103 04:05:06.789012`: the letter and a date, which is no code. */
export const KLOG = '(?<![A-Za-z0-9])[IWEF]\\d{4} \\d{2}:\\d{2}:\\d{2}\\.\\d{1,9}';

export const CLOCK = '(?<![A-Za-z0-9:])\\d{1,2}:\\d{2}:\\d{2}(?:[.,]\\d{1,9})?(?![A-Za-z0-9:])';

/** `1h30m`, `1h2m3.456s`. */
export const DURATION = '(?<![A-Za-z0-9])(?:\\d{1,9}(?:\\.\\d{1,9})?(?:ms|[dhms])){2,4}(?![A-Za-z0-9])';

// Words of time have a plural, and in some languages several; "1 Minute", "5 Minuten" and "2 Stunden" are the same.
const TIME_WORDS = [
  'milliseconds?|seconds?|minutes?|hours?|days?|milliseconden|seconden',
  'Millisekunden?|Sekunden?|Minuten?|Stunden?|Tagen?',
  'millisecondes?|secondes?|heures?|jours?',
  'milisegundos?|segundos?|minutos?|horas?|d[ií]as?',
  'millisecond[oi]|second[oi]|minut[oi]|or[ae]|giorn[oi]',
  'milisekund\\p{L}{0,3}|sekund\\p{L}{0,3}|minut\\p{L}{0,3}|godzin\\p{L}{0,3}|dni|dzień',
  'миллисекунд\\p{L}{0,3}|секунд\\p{L}{0,3}|минут\\p{L}{0,3}|час(?:а|ов)?|дн(?:я|ей)|день',
  'мілісекунд\\p{L}{0,3}|хвилин\\p{L}{0,3}|годин\\p{L}{0,3}|дні(?:в)?',
  'milisaniye|saniye|dakika|saat|gün',
].join('|');

/** Source of an expression for what may stand behind a quantity and goes with it; for the flag `u`. */
export const UNITS: string = `(?:ns|us|µs|ms|msecs?|millis|s|secs?|m|min|mins|h|hrs?|d|bytes?|B|[kKMGTP]i?[bB]?|[mgt]b|%|${TIME_WORDS})(?![\\p{L}\\d])`;
