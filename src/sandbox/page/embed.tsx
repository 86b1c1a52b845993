import type { VNode } from 'preact';
import type { MessageStateView } from '../view.ts';
import { formatPosted } from './discord-time.ts';
import { Link, Markdown } from './markdown.tsx';

type EmbedView = MessageStateView['embeds'][number];
type FieldView = NonNullable<EmbedView['fields']>[number];

/** An embed: bar in its colour, author, title, description, grid of fields, pictures by name, footer and time. */
export function Embed({ embed, nowMs }: { embed: EmbedView; nowMs: number }): VNode {
  const { author, title, url, description, fields = [], image, thumbnail, footer, timestamp } = embed;
  const color = embed.color === undefined ? undefined : `#${embed.color.toString(16).padStart(6, '0')}`;
  const titleText = title === undefined ? undefined : <Markdown text={title} form="inline" />;
  return (
    <div class="embed" style={color === undefined ? undefined : { '--embed-color': color }}>
      {author && <div class="embed-author">{author.name}</div>}
      {title !== undefined && (
        <div class="embed-title">{url === undefined ? titleText : <Link target={url}>{titleText}</Link>}</div>
      )}
      {description !== undefined && (
        <div class="embed-description">
          <Markdown text={description} />
        </div>
      )}
      {fields.length > 0 && (
        <div class="embed-fields">
          {rowsOf(fields).flatMap((row) =>
            row.map((field, column) => (
              <div class={`embed-field is-of-${row.length}`} key={`${field.name}/${column}/${field.value}`}>
                <div class="embed-field-name">
                  <Markdown text={field.name} form="inline" />
                </div>
                <div class="embed-field-value">
                  <Markdown text={field.value} />
                </div>
              </div>
            )),
          )}
        </div>
      )}
      {[image, thumbnail].map(
        (media) =>
          media && (
            <div class="embed-media" key={media.url}>
              Picture, not loaded here: <Link target={media.url}>{media.url}</Link>
            </div>
          ),
      )}
      {(footer || timestamp) && (
        <div class="embed-footer">
          {[footer?.text, timestamp && formatPosted(Date.parse(timestamp), nowMs)].filter(Boolean).join(' • ')}
        </div>
      )}
    </div>
  );
}

/** Up to three inline fields stand beside each other; any other has a row of its own. */
export function rowsOf(fields: readonly FieldView[]): FieldView[][] {
  const rows: FieldView[][] = [];
  for (const field of fields) {
    const row = rows.at(-1);
    if (field.inline && row !== undefined && row.length < 3 && row[0]?.inline) row.push(field);
    else rows.push([field]);
  }
  return rows;
}
