import { line as line1 } from '../lines/otel-1/sdk.ts';
import { line as line2 } from '../lines/otel-2/sdk.ts';
import { line as line2Positional } from '../lines/otel-2-positional/sdk.ts';
import { line as line3 } from '../lines/otel-3/sdk.ts';
import type { OtelLine } from './otel-line.ts';

/** The real SDKs: oldest supported, last with the positional batch processor, newest 2.x, 3.x. */
export const OTEL_LINES: readonly OtelLine[] = [line1, line2Positional, line2, line3];
