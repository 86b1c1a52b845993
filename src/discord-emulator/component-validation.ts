import type { FieldPath, FormErrors } from './error-bodies.ts';
import {
  addBadLength,
  addMaxLength,
  addRequired,
  checkBoolean,
  checkInteger,
  checkList,
  checkObject,
  checkText,
  checkUrl,
} from './field-checks.ts';
import { codePoints, isJsonObject, type JsonObject, tidyText } from './json.ts';
import { COMPONENT, LIMITS } from './validation-limits.ts';

/** Who sends the components, which decides what they may be. */
export interface ComponentRules {
  /**
   * `ignored`: a webhook made by a human that did not ask for components; whatever stands there is not even looked at.
   * `non_interactive`: the same webhook with `with_components=true`. `all`: a webhook made by an app.
   */
  readonly components: 'ignored' | 'non_interactive' | 'all';
  /** Code of the complaint about an interactive component where only others are allowed. */
  readonly interactiveCode: string;
}

const SELECTS: readonly number[] = [
  COMPONENT.stringSelect,
  COMPONENT.userSelect,
  COMPONENT.roleSelect,
  COMPONENT.mentionableSelect,
  COMPONENT.channelSelect,
];
const CONTAINED: readonly number[] = [
  COMPONENT.row,
  COMPONENT.section,
  COMPONENT.textDisplay,
  COMPONENT.mediaGallery,
  COMPONENT.file,
  COMPONENT.separator,
];
const LINK_STYLE = 5;

/** Checks the components of a message, in the legacy form (rows of buttons) or, with the flag, as components V2. */
export function checkComponents(
  errors: FormErrors,
  path: FieldPath,
  value: unknown,
  v2: boolean,
  rules: ComponentRules,
): void {
  if (rules.components === 'ignored') return;
  const max = v2 ? LIMITS.totalComponents : LIMITS.legacyRows;
  const items = checkList(errors, path, value, { max }) ?? [];
  const allowed = v2 ? [...CONTAINED, COMPONENT.container] : [COMPONENT.row];
  for (const [i, item] of items.entries()) checkComponent(errors, [...path, i], item, allowed, rules);
  if (!v2) return;
  const { count, textChars } = measureComponents(items);
  if (count > LIMITS.totalComponents) {
    errors.add(
      path,
      'COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED',
      `The total number of components cannot exceed ${LIMITS.totalComponents}`,
    );
  }
  if (textChars > LIMITS.displayTextChars) {
    errors.add(
      path,
      'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
      `Components displayable text size exceeds maximum size of ${LIMITS.displayTextChars}`,
    );
  }
}

/** What components contain together, nested ones counted. */
export interface ComponentMeasure {
  readonly count: number;
  readonly texts: readonly string[];
  readonly textChars: number;
  readonly mediaItems: number;
}

/** Counts components, their text displays and their media. Anything malformed counts as nothing. */
export function measureComponents(components: readonly unknown[]): ComponentMeasure {
  let count = 0;
  let mediaItems = 0;
  const texts: string[] = [];
  // A list of open ends instead of recursion: a hostile body may be nested deeper than the stack.
  const open: unknown[] = [...components];
  while (open.length > 0) {
    const item = open.pop();
    if (!isJsonObject(item)) continue;
    count++;
    if (item['type'] === COMPONENT.textDisplay && typeof item['content'] === 'string') texts.push(item['content']);
    if (item['type'] === COMPONENT.thumbnail || item['type'] === COMPONENT.file) mediaItems++;
    if (Array.isArray(item['items'])) mediaItems += item['items'].length;
    if (Array.isArray(item['components'])) open.push(...item['components']);
    if (item['accessory'] !== undefined) open.push(item['accessory']);
  }
  const textChars = texts.reduce((sum, text) => sum + codePoints(tidyText(text)), 0);
  return { count, texts, textChars, mediaItems };
}

function checkComponent(
  errors: FormErrors,
  path: FieldPath,
  item: unknown,
  allowed: readonly number[],
  rules: ComponentRules,
): void {
  const component = checkObject(errors, path, item);
  if (component === undefined) return;
  const type = component['type'];
  if (typeof type !== 'number' || !allowed.includes(type)) {
    const list = [...allowed].sort((a, b) => a - b).join(', ');
    errors.add([...path, 'type'], 'UNION_TYPE_CHOICES', `Value of field "type" must be one of (${list}).`);
    return;
  }
  CHECKS[type]?.(errors, path, component, rules);
}

type ComponentCheck = (errors: FormErrors, path: FieldPath, component: JsonObject, rules: ComponentRules) => void;

const CHECKS: Readonly<Record<number, ComponentCheck>> = {
  [COMPONENT.row](errors, path, row, rules) {
    const at = [...path, 'components'];
    const children = checkList(errors, at, row['components'], { min: 1, max: LIMITS.rowButtons }) ?? [];
    for (const [i, child] of children.entries()) {
      checkComponent(errors, [...at, i], child, [COMPONENT.button, ...SELECTS], rules);
    }
  },
  [COMPONENT.button]: checkButton,
  [COMPONENT.section](errors, path, section, rules) {
    const at = [...path, 'components'];
    const children = checkList(errors, at, section['components'], { min: 1, max: LIMITS.sectionTexts }) ?? [];
    for (const [i, child] of children.entries()) {
      checkComponent(errors, [...at, i], child, [COMPONENT.textDisplay], rules);
    }
    const accessory = [...path, 'accessory'];
    if (section['accessory'] === undefined || section['accessory'] === null) addRequired(errors, accessory);
    else checkComponent(errors, accessory, section['accessory'], [COMPONENT.button, COMPONENT.thumbnail], rules);
  },
  [COMPONENT.textDisplay](errors, path, display) {
    const text = checkText(errors, [...path, 'content'], display['content'], { max: Number.MAX_SAFE_INTEGER });
    const at = [...path, 'content'];
    if (text === undefined) addRequired(errors, at);
    else if (text === '' || codePoints(text) > LIMITS.displayTextChars) {
      addBadLength(errors, at, 1, LIMITS.displayTextChars);
    }
  },
  [COMPONENT.thumbnail]: (errors, path, thumbnail) => checkMedia(errors, path, thumbnail),
  [COMPONENT.mediaGallery](errors, path, gallery) {
    const at = [...path, 'items'];
    const items = checkList(errors, at, gallery['items'], { min: 1, max: LIMITS.galleryItems }) ?? [];
    for (const [i, item] of items.entries()) {
      const media = checkObject(errors, [...at, i], item);
      if (media !== undefined) checkMedia(errors, [...at, i], media);
    }
  },
  [COMPONENT.file]: (errors, path, file) => checkMedia(errors, path, file, 'file'),
  [COMPONENT.separator](errors, path, separator) {
    checkBoolean(errors, [...path, 'divider'], separator['divider']);
    checkInteger(errors, [...path, 'spacing'], separator['spacing'], { min: 1, max: 2 });
  },
  [COMPONENT.container](errors, path, container, rules) {
    checkInteger(errors, [...path, 'accent_color'], container['accent_color'], { min: 0, max: LIMITS.maxColor });
    const at = [...path, 'components'];
    const children = checkList(errors, at, container['components'], { min: 1, max: LIMITS.totalComponents }) ?? [];
    for (const [i, child] of children.entries()) checkComponent(errors, [...at, i], child, CONTAINED, rules);
  },
  ...Object.fromEntries(SELECTS.map((type) => [type, checkInteractive] as const)),
};

function checkMedia(errors: FormErrors, path: FieldPath, item: JsonObject, key = 'media'): void {
  const media = checkObject(errors, [...path, key], item[key]);
  if (media === undefined) addRequired(errors, [...path, key]);
  else checkUrl(errors, [...path, key, 'url'], media['url'], { media: true, required: true });
}

function checkButton(errors: FormErrors, path: FieldPath, button: JsonObject, rules: ComponentRules): void {
  checkText(errors, [...path, 'label'], button['label'], { max: LIMITS.buttonLabelChars });
  if (button['style'] !== LINK_STYLE) {
    checkInteger(errors, [...path, 'style'], button['style'], { min: 1, max: 6 });
    checkInteractive(errors, path, button, rules);
    return;
  }
  checkUrl(errors, [...path, 'url'], button['url'], { max: LIMITS.buttonUrlChars, required: true });
  if (button['custom_id'] !== undefined && button['custom_id'] !== null) {
    // The code's wording is assumed; that the two exclude each other is documented.
    errors.add(
      [...path, 'custom_id'],
      'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE',
      'A custom id and url cannot both be specified',
    );
  }
}

function checkInteractive(errors: FormErrors, path: FieldPath, component: JsonObject, rules: ComponentRules): void {
  if (rules.components !== 'all') {
    const field = component['type'] === COMPONENT.button ? 'style' : 'type';
    errors.add(
      [...path, field],
      rules.interactiveCode,
      'Interactive components can only be sent by webhooks that are owned by an application.',
    );
    return;
  }
  const id = component['custom_id'];
  if (typeof id !== 'string' || id === '') addRequired(errors, [...path, 'custom_id']);
  else if (codePoints(id) > LIMITS.customIdChars) addMaxLength(errors, [...path, 'custom_id'], LIMITS.customIdChars);
}
