import type { AuditEntry, Renderer, SelfNotice } from '../render/render.ts';
import type { WebhookMessage } from '../render/webhook-message.ts';
import { isTerminal, type SendResult } from './send-result.ts';

/** Audit lines that wait; the oldest go first. */
const MAX_AUDIT_LINES = 1_000;
const MAX_SELF_NOTICES = 20;

type Terminal = Extract<SendResult, { kind: 'rejected' }>;

/** What a webhook shows beside incidents: the pager's own notices, and the lines of the audit mirror. */
export class LaneNotes {
  #self: SelfNotice[] = [];
  #audit: AuditEntry[] = [];

  get hasSelf(): boolean {
    return this.#self.length > 0;
  }

  get hasAudit(): boolean {
    return this.#audit.length > 0;
  }

  addSelf(notice: SelfNotice): void {
    if (this.#self.length >= MAX_SELF_NOTICES) this.#self.shift();
    this.#self.push(notice);
  }

  /** Answers how many lines had to go for it. */
  addAudit(entry: AuditEntry): number {
    this.#audit.push(entry);
    if (this.#audit.length <= MAX_AUDIT_LINES) return 0;
    this.#audit.shift();
    return 1;
  }

  takeAll(): { self: SelfNotice[]; audit: AuditEntry[] } {
    return { self: this.#self.splice(0), audit: this.#audit.splice(0) };
  }

  /** Sends the oldest notice; answers a refusal that ends the webhook. */
  async sendSelf(
    renderer: Renderer,
    nowMs: number,
    send: (message: WebhookMessage) => Promise<SendResult>,
  ): Promise<Terminal | undefined> {
    const notice = this.#self.shift();
    if (notice === undefined) return undefined;
    const result = await send(renderer.self(notice, nowMs));
    const ended = result.kind === 'rejected' && isTerminal(result.reason) ? result : undefined;
    if (ended !== undefined || result.kind === 'throttled' || result.kind === 'retryable') this.#self.unshift(notice);
    return ended;
  }

  /** Sends as many lines as fit into a message; answers a refusal that ends the webhook, and how many lines were refused. */
  async sendAudit(
    renderer: Renderer,
    nowMs: number,
    send: (message: WebhookMessage) => Promise<SendResult>,
  ): Promise<{ readonly ended?: Terminal; readonly lost: number }> {
    const { message, taken } = renderer.audit(this.#audit, nowMs);
    const lines = this.#audit.splice(0, Math.max(1, taken));
    const result = await send(message);
    if (result.kind === 'delivered') return { lost: 0 };
    if (result.kind === 'rejected' && !isTerminal(result.reason)) return { lost: lines.length };
    this.#audit.unshift(...lines);
    return { ...(result.kind === 'rejected' ? { ended: result } : {}), lost: 0 };
  }
}
