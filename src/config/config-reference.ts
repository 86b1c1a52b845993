import { SETTING_PATHS } from './config-keys.ts';
import { keyOf } from './setting-sources.ts';

/**
 * The configuration reference as a Markdown table: every key with its variable, its name in file and code, its values, its default
 * and its meaning. Made from the same table that the configuration is read by.
 */
export function renderConfigReference(): string {
  const rows = SETTING_PATHS.map((path) => {
    const row = keyOf(path);
    const attributes = (row.attributes ?? []).map((name) => `\`${name}\` of \`OTEL_RESOURCE_ATTRIBUTES\``);
    const variables = [...(row.variable === undefined ? [] : [`\`${row.variable}\``]), ...attributes];
    const key = `\`${path}\`${row.notInFile ? ' (code only)' : ''}`;
    const byDefault = row.default === undefined ? (row.defaultText ?? 'none') : `\`${row.default}\``;
    return [variables.join(', else ') || '–', key, row.type.syntax, byDefault, row.doc];
  });
  const fileRow = [
    '`…_FILE`',
    '–',
    'path',
    'none',
    'After any webhook variable and `DISCORD_PAGER_BOT_TOKEN`: the file to read the value from (container secrets).',
  ];
  const table = [
    ['variable', 'key in file and code', 'values', 'default', 'meaning'],
    ['---', '---', '---', '---', '---'],
  ];
  table.push(...rows.slice(0, 2), fileRow, ...rows.slice(2));
  return `${table.map((cells) => `| ${cells.map(escapeCell).join(' | ')} |`).join('\n')}\n`;
}

function escapeCell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll(/\s*\n\s*/g, ' ');
}
