import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ListItem, type MarkdownNode, parseMarkdown } from '../../../src/sandbox/page/markdown-tree.ts';

/** The tree in few characters: `strong(a)`, text as it is. */
function outline(nodes: readonly MarkdownNode[]): string {
  return nodes
    .map((node) => {
      if (node.type === 'text') return node['content'];
      if (node.type === 'twemoji') return node['name'];
      if (node.type === 'list') {
        const items = (node['items'] as ListItem[]).map(
          ({ depth, number, content }) => `${'>'.repeat(depth)}${number ?? '-'} ${outline(content)}`,
        );
        return `list(${items.join('|')})`;
      }
      const inside = Array.isArray(node['content']) ? outline(node['content']) : (node['content'] ?? '');
      const what = node['target'] ?? node['timestamp'] ?? node['id'] ?? '';
      return `${node.type}${what === '' ? '' : `<${what}>`}(${inside})`;
    })
    .join('');
}

describe('blocks', () => {
  it.each([
    ['**a** *b* __c__ ~~d~~ ||e|| `f`', 'strong(a) em(b) underline(c) strikethrough(d) spoiler(e) inlineCode(f)'],
    ['a\nb', 'abr()b'],
    ['```js\nlet a;\n```', 'codeBlock(let a;)'],
    ['```\nat f (x.js:1:2)\n```\nafter', 'codeBlock(at f (x.js:1:2))br()after'],
    ['> a\n> b\nc', 'blockQuote(abr()bbr())c'],
    ['# A\n-# b', 'heading(A)subtext(b)'],
    ['- a\n- **b**\n  - c\n1. d', 'list(- a|- strong(b)|>- c|1 d)'],
    ['before\n* a\nafter', 'beforebr()list(- a)after'],
    ['a - b\n-c', 'a - bbr()-c'],
    ['[Trace](https://t.example/x)', 'link<https://t.example/x>(Trace)'],
    ['https://a.example/b_c_d', 'url<https://a.example/b_c_d>(https://a.example/b_c_d)'],
    ['<t:1700000000:R>', 'timestamp<1700000000>()'],
    ['@everyone @here', 'everyone() here()'],
    [
      '<@&100000000000000001> <@100000000000000002> <#100000000000000003>',
      'role<100000000000000001>() user<100000000000000002>() channel<100000000000000003>()',
    ],
    // What the pager escapes stays text.
    ['\\*a\\* \\[x\\]\\(y\\) \\`b\\` \\<@&100000000000000001>', '*a* [x](y) `b` <@&100000000000000001>'],
    ['@\u200beveryone', '@\u200beveryone'],
    ['<script>alert(1)</script>', '<script>alert(1)</script>'],
  ])('%j: %s', (text, tree) => {
    expect(outline(parseMarkdown(text, 'block'))).toBe(tree);
  });
});

describe('titles know inline marks only', () => {
  it.each([
    ['**a** ~~b~~ ×3', 'strong(a) strikethrough(b) ×3'],
    ['[a](https://b.example)', '[a](https://b.example)'],
    ['# a', '# a'],
    ['- a', '- a'],
    ['@everyone <@&100000000000000001>', '@everyone <@&100000000000000001>'],
  ])('%j: %s', (text, tree) => {
    expect(outline(parseMarkdown(text, 'inline'))).toBe(tree);
  });
});

it('takes any text', () => {
  const piece = fc.constantFrom(
    '*',
    '**',
    '_',
    '__',
    '~~',
    '||',
    '`',
    '```',
    '\n',
    '> ',
    '- ',
    '1. ',
    '# ',
    '[',
    '](',
    ')',
    '<',
    '>',
    '\\',
    'a',
    '<t:1:R>',
    '@everyone',
    '🔴',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 60 }), (pieces) => {
      for (const form of ['block', 'inline'] as const)
        expect(Array.isArray(parseMarkdown(pieces.join(''), form))).toBe(true);
    }),
    { numRuns: 300 },
  );
});
