/**
 * What a person can read of a message: its content, and of every embed the title, description, author, footer and fields. Attached
 * files are left out, because only this package attaches any.
 */
export function readableText({ content, embeds }) {
  const parts = embeds.flatMap(({ title, description, author, footer, fields = [] }) => [
    title,
    description,
    author?.name,
    footer?.text,
    ...fields.flatMap(({ name, value }) => [name, value]),
  ]);
  return [content, ...parts].filter((part) => part !== undefined && part !== '').join('\n');
}

/** Reads a channel as it changes, the same for everybody who posts there: an error is visible once its whole text can be read. */
export class ChannelReader {
  #unseen;
  #firstMs = new Map();
  #texts = new Map();
  #count;
  #countToldMs;
  #withFiles;

  /**
   * @param {readonly string[]} texts to look for
   * @param {{ text: string, times: number } | undefined} count how often a text really occurred
   * @param {boolean} withFiles what is attached counts as well
   */
  constructor(texts, count, withFiles = false) {
    this.#unseen = new Set(texts);
    this.#count = count ?? undefined;
    this.#withFiles = withFiles;
  }

  /** A message that was posted or edited. */
  read(message, atMs) {
    const files = this.#withFiles ? message.attachments.map((file) => file.text) : [];
    const text = [readableText(message), ...files].join('\n');
    this.#texts.set(message.id, text);
    for (const wanted of this.#unseen) {
      if (!text.includes(wanted)) continue;
      this.#unseen.delete(wanted);
      this.#firstMs.set(wanted, atMs);
    }
    if (this.#countToldMs === undefined && this.#tellsCount(text)) this.#countToldMs = atMs;
  }

  /** How many of these texts stand in more than one message. */
  repeated(wanted) {
    const texts = [...this.#texts.values()];
    return wanted.filter((one) => texts.filter((text) => text.includes(one)).length > 1).length;
  }

  report() {
    const texts = [...this.#texts.values()];
    return {
      firstMs: Object.fromEntries(this.#firstMs),
      unseen: this.#unseen.size,
      unseenTexts: [...this.#unseen].slice(0, 5),
      countToldMs: this.#countToldMs,
      naming: this.#count === undefined ? 0 : texts.filter((text) => text.includes(this.#count.text)).length,
    };
  }

  /** The number stands in a message that names the error, or the channel names the error as often as it occurred. */
  #tellsCount(text) {
    if (this.#count === undefined || !text.includes(this.#count.text)) return false;
    const numbers = text.match(/\d{1,3}(?:[,.' ]\d{3})+|\d+/g) ?? [];
    if (numbers.some((number) => Number(number.replace(/\D/g, '')) === this.#count.times)) return true;
    let named = 0;
    for (const one of this.#texts.values()) named += one.split(this.#count.text).length - 1;
    return named >= this.#count.times;
  }
}
