/** Entry `otel-discord-pager/testing`: what a test of an application that pages needs, so that it never posts for real. */

export type { EmulatedEmbed, EmulatedMedia } from './discord-emulator/embeds.ts';
export { type DiscordEmulator, startDiscordEmulator, type WebhookChoice } from './discord-emulator/emulator.ts';
export type {
  ApiErrorFault,
  AutomodFault,
  BucketHashChangeFault,
  ClockSkewFault,
  DeleteWebhookFault,
  EdgeBanFault,
  Fault,
  FaultHandle,
  FaultKind,
  FaultMatch,
  HangFault,
  LowerCaseHeadersFault,
  MissingHeadersFault,
  OldEditFault,
  OutageFault,
  RateLimitedFault,
  RegenerateTokenFault,
  RequestFault,
  ResetFault,
  ServerErrorFault,
  SlowFault,
  TruncatedJsonFault,
  UserAgentBlockFault,
} from './discord-emulator/fault.ts';
export type { EmulatedChannel, EmulatedThread } from './discord-emulator/guild.ts';
export type { EmulatedAttachment, EmulatedMessage, MessageState } from './discord-emulator/message-store.ts';
export type {
  BotOptions,
  BotPermission,
  EdgeForm,
  EmulatorOptions,
  ForumKind,
  InvalidLimit,
  WindowLimit,
} from './discord-emulator/options.ts';
export type { LimitReason } from './discord-emulator/rate-limits.ts';
export type { LoggedRequest, ToldWait } from './discord-emulator/request-log.ts';
export type { RouteKind } from './discord-emulator/routes.ts';
export type { Violation, ViolationRule } from './discord-emulator/violations.ts';
export type { EmulatorEvents } from './discord-emulator/world.ts';
export { createMemorySink, type MemorySink, type SunkMessage } from './memory-sink.ts';
