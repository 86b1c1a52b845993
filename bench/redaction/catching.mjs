import { benign, cases, score } from '../../test/redaction-corpus/index.mjs';

/**
 * What each contender takes out of the corpus, what it takes with it, and which harmless texts it changes. An input that makes one
 * throw is withheld, as anybody would do: nothing leaks, and all that should have stayed is lost.
 */
export async function measureCatching({ redact }, { casesCount, benignTimes }) {
  const examples = [...cases('bench', casesCount)];
  const texts = [...benign('bench', benignTimes)];
  const outputs = new Map();
  let thrown = 0;
  for (const input of [...examples.map((example) => example.input), ...texts.map(({ text }) => text)]) {
    try {
      outputs.set(input, await redact(input));
    } catch {
      thrown++;
      outputs.set(input, '[withheld]');
    }
  }
  const result = score((input) => outputs.get(input), examples, texts);
  const found = (isWanted) => {
    const wanted = examples.filter(({ input }) => isWanted(typeof input === 'string'));
    const leaks = result.failures.filter(
      ({ example, leaked }) => leaked && isWanted(typeof example.input === 'string'),
    );
    return 1 - leaks.length / wanted.length;
  };
  return { ...result, thrown, inTexts: found((isText) => isText), inObjects: found((isText) => !isText) };
}
