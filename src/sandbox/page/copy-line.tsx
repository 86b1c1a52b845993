import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { Icon } from './icons.tsx';

/** A line for the reader's shell, and a button that copies it. */
export function CopyLine({ text, label = text }: { text: string; label?: string }): VNode {
  const [isCopied, setCopied] = useState(false);
  const copy = (): void => {
    void navigator.clipboard
      .writeText(text)
      .then(() => setCopied(true))
      .catch(() => undefined);
  };
  return (
    <div class="copy-line">
      <code>{label}</code>
      <button type="button" class="icon-button" aria-label={`Copy: ${label}`} onClick={copy}>
        <Icon name="copy" />
      </button>
      <span class="copied" role="status">
        {isCopied ? 'copied' : ''}
      </span>
    </div>
  );
}
