import type { AlertOrigin } from '../alert.ts';
import { type AttributeSink, read } from './bounded-value.ts';
import type { Resource } from './otel-types.ts';

const MAX_NAME_CHARS = 256;

/** The part of an alert's origin that its process determines. */
export type ResourceOrigin = Pick<AlertOrigin, 'service' | 'environment' | 'version' | 'instance'>;

type MutableOrigin = { -readonly [K in keyof AlertOrigin]?: AlertOrigin[K] };

/** Resource attributes that help to find the place; everything else (SDK, runtime, arguments of the process) is noise in a page. */
const SHOWN = [
  'service.namespace',
  'host.name',
  'process.pid',
  'k8s.cluster.name',
  'k8s.namespace.name',
  'k8s.deployment.name',
  'k8s.pod.name',
  'container.name',
  'cloud.region',
  'faas.name',
] as const;

interface ResourceReading {
  readonly origin: ResourceOrigin;
  readonly shown: readonly (readonly [string, unknown])[];
}

const readings = new WeakMap<object, ResourceReading>();

/**
 * Service, version, environment and instance of a resource; `unknown_service…`, the SDK's placeholder, counts as none. Read once per
 * resource object, but for one whose detectors are still at work. Never throws.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/resource/#service
 */
export function readResourceOrigin(resource: Resource | undefined): ResourceOrigin {
  return readingOf(resource).origin;
}

/** Adds what a resource tells about the place. */
export function addResourceAttributes(sink: AttributeSink, resource: Resource | undefined): void {
  for (const [key, value] of readingOf(resource).shown) sink.add(key, value);
}

const NOTHING: ResourceReading = { origin: {}, shown: [] };

function readingOf(resource: Resource | undefined): ResourceReading {
  if (typeof resource !== 'object' || resource === null) return NOTHING;
  const known = readings.get(resource);
  if (known !== undefined) return known;
  const attributes = attributesOf(resource);
  const instance = nameOf(attributes, 'service.instance.id') ?? nameOf(attributes, 'host.name');
  const origin = toOrigin({
    service: serviceName(read(attributes, 'service.name')),
    version: nameOf(attributes, 'service.version'),
    environment: nameOf(attributes, 'deployment.environment.name') ?? nameOf(attributes, 'deployment.environment'),
    instance,
  });
  const shown: [string, unknown][] = [];
  for (const key of SHOWN) {
    const value = read(attributes, key);
    if (value !== undefined && value !== instance) shown.push([key, value]);
  }
  const reading = { origin, shown };
  if (read(resource, 'asyncAttributesPending') !== true) readings.set(resource, reading);
  return reading;
}

// A record that may not wait can come before the detectors are done. Reading `attributes` then makes the SDK report an error of its own.
function attributesOf(resource: Resource): unknown {
  if (read(resource, 'asyncAttributesPending') !== true || typeof read(resource, 'getRawAttributes') !== 'function') {
    return read(resource, 'attributes');
  }
  const settled: Record<string, unknown> = {};
  try {
    for (const [key, value] of resource.getRawAttributes?.() ?? []) {
      if (typeof value !== 'object' && settled[key] === undefined) settled[key] = value;
    }
  } catch {
    // What has been read so far stands.
  }
  return settled;
}

/** Leaves out what is undefined, so that origins can be laid over each other. */
export function toOrigin(parts: { readonly [K in keyof AlertOrigin]?: string | undefined }): AlertOrigin {
  const origin: MutableOrigin = {};
  for (const key of ['service', 'environment', 'version', 'instance', 'logger', 'event'] as const) {
    const value = parts[key];
    if (value !== undefined && value !== '') origin[key] = value;
  }
  return origin;
}

/** A service name that somebody has given; the SDK's `unknown_service:node` is none. */
export function serviceName(value: unknown): string | undefined {
  const name = toName(value);
  return name === undefined || name.startsWith('unknown_service') ? undefined : name;
}

/** A short text: no blanks around it, at most 256 characters; anything else is undefined. */
export function toName(value: unknown): string | undefined {
  const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : '';
  return text === '' || text.length > MAX_NAME_CHARS ? undefined : text;
}

function nameOf(attributes: unknown, key: string): string | undefined {
  return toName(read(attributes, key));
}
