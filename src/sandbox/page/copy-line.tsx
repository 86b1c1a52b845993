import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { Icon } from './icons.tsx';

/** A line for the reader's shell, and a button that copies it. */
export function CopyLine({ text, label = text }: { text: string; label?: string }): VNode {
  const [isCopied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
    } catch {
      setCopied(copyBySelection(text));
    }
  };
  return (
    <div class="copy-line">
      <code>{label}</code>
      <button type="button" class="icon-button" aria-label={`Copy: ${label}`} onClick={() => void copy()}>
        <Icon name="copy" />
      </button>
      <span class="copied" role="status">
        {isCopied ? 'copied' : ''}
      </span>
    </div>
  );
}

/** Under an address of the network a browser gives no clipboard, but copies what is selected. https://w3c.github.io/webappsec-secure-contexts/ */
function copyBySelection(text: string): boolean {
  const before = document.activeElement;
  const field = document.createElement('textarea');
  field.value = text;
  field.className = 'hidden';
  document.body.append(field);
  field.select();
  const isCopied = document.execCommand('copy');
  field.remove();
  if (before instanceof HTMLElement) before.focus();
  return isCopied;
}
