/** A name that no normaliser takes for a number: errors that are meant to be distinct have to stay so for everybody. */
const wordOf = (number) => [...String(number).padStart(4, '0')].map((digit) => 'abcdefghij'[digit]).join('');

export const WARM_TEXT = 'the bench is warming up';
export const SAME_TEXT = 'the upstream is down';
export const FATAL_TEXT = 'the process gives up';
export const distinctText = (i) => `part ${wordOf(i)} is broken`;

/** An error as a catch block gets it. Its stack is written out at once, so that no contender pays for being the first to read it. */
export function errorOf(text) {
  const error = new Error(text);
  void error.stack;
  return error;
}
