import type {
  ActionRow,
  AllowedMentions,
  AttachedText,
  Embed,
  LinkButton,
  WebhookMessage,
} from '../render/webhook-message.ts';
import { WITHHELD_FAILED, WITHHELD_SECRET } from './redact-marker.ts';
import type { TextRedactor } from './redact-text.ts';

/** A message that has passed the second gate. */
export interface GatedMessage {
  readonly message: WebhookMessage;
  /** Strings that were withheld; more than 0 means that something upstream let a secret through. */
  readonly withheld: number;
}

/** Shown as the name of a link whose own name was withheld. */
const WITHHELD_LABEL = 'withheld';
const WITHHELD_FILE = 'withheld.txt';

// What may ping; https://discord.com/developers/docs/reference#message-formatting
const MENTION = /@everyone|@here|<@&?\d{15,22}>/g;
const MARKDOWN_ESCAPE = /\\([!-/:-@[-`{-~])/g;

/**
 * Looks once more at every outgoing string of a finished message. One that holds a known value or something secret by its
 * content is withheld as a whole, in a form that Discord accepts: a text becomes a notice, a link disappears. The pings that the
 * message is allowed stay. Never throws; a message that cannot be read becomes a notice that still pings.
 */
export function gateMessage(message: WebhookMessage, text: TextRedactor): GatedMessage {
  let withheld = 0;

  function holdsSecret(value: string): boolean {
    const found =
      text.holdsSecret(value, 'outgoing') ||
      (value.includes('\\') && text.holdsSecret(value.replace(MARKDOWN_ESCAPE, '$1'), 'outgoing'));
    if (found) withheld++;
    return found;
  }

  function checked(value: string): string {
    return holdsSecret(value) ? WITHHELD_SECRET : value;
  }

  function gateEmbed(embed: Embed): Embed {
    const { url, ...rest } = embed;
    return {
      ...rest,
      ...(embed.title === undefined ? {} : { title: checked(embed.title) }),
      ...(embed.description === undefined ? {} : { description: checked(embed.description) }),
      ...(url === undefined || holdsSecret(url) ? {} : { url }),
      ...(embed.fields === undefined
        ? {}
        : { fields: embed.fields.map((f) => ({ ...f, name: checked(f.name), value: checked(f.value) })) }),
      ...(embed.footer === undefined ? {} : { footer: { ...embed.footer, text: checked(embed.footer.text) } }),
    };
  }

  function gateRow(row: ActionRow): ActionRow[] {
    const components = row.components
      .filter((button) => !holdsSecret(button.url))
      .map((button): LinkButton => ({ ...button, label: holdsSecret(button.label) ? WITHHELD_LABEL : button.label }));
    return components.length === 0 ? [] : [{ ...row, components }];
  }

  function gateFile(file: AttachedText): AttachedText {
    return { name: holdsSecret(file.name) ? WITHHELD_FILE : file.name, text: checked(file.text) };
  }

  try {
    const { content, components, files, ...rest } = message;
    const rows = components?.flatMap(gateRow);
    const gated: WebhookMessage = {
      ...rest,
      ...(content === undefined
        ? {}
        : { content: holdsSecret(content) ? withMentions(WITHHELD_SECRET, content, message) : content }),
      embeds: message.embeds.map(gateEmbed),
      ...(rows === undefined || rows.length === 0 ? {} : { components: rows }),
      ...(files === undefined ? {} : { files: files.map(gateFile) }),
    };
    return { message: withheld === 0 ? message : gated, withheld };
  } catch {
    return { message: withheldMessage(message), withheld: withheld + 1 };
  }
}

/** The notice and the mentions of a content: the operator is still to be woken. */
function withMentions(notice: string, content: string, { allowed_mentions: allowed }: WebhookMessage): string {
  const found = new Set(content.match(MENTION));
  const mentions = [...found].filter((mention) => isAllowed(mention, allowed));
  return [notice, ...mentions].join(' ');
}

function isAllowed(mention: string, { parse, roles = [], users = [] }: AllowedMentions): boolean {
  if (mention.startsWith('@')) return parse.includes('everyone');
  const id = mention.replace(/\D/g, '');
  return mention.startsWith('<@&') ? roles.includes(id) : users.includes(id);
}

function withheldMessage(message: WebhookMessage): WebhookMessage {
  const embeds: Embed[] = [{ title: WITHHELD_FAILED }];
  try {
    const { content, allowed_mentions, flags } = message;
    return {
      ...(typeof content === 'string' ? { content: withMentions(WITHHELD_FAILED, content, message) } : {}),
      embeds,
      allowed_mentions,
      ...(flags === undefined ? {} : { flags }),
    };
  } catch {
    return { embeds, allowed_mentions: { parse: [] } };
  }
}
