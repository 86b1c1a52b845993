import { SETS } from './random.mjs';

/**
 * What stands around a secret and has to stay: who, where, what happened.
 * @typedef {ReturnType<typeof draw>} Scene
 */

const USERS = [
  'ann',
  'bob.miller',
  'svc_orders',
  'app',
  'deploy-bot',
  'reporting',
  'j.doe',
  'root',
  'readonly',
  'checkout',
];
const SERVICES = ['checkout', 'payments-api', 'orders', 'mailer', 'gateway', 'billing-worker', 'search', 'inventory'];
const HOSTS = [
  'db.internal',
  'db-3.prod.example.com',
  'cache.svc.cluster.local',
  'mq01.example.net',
  'api.partner.example',
  '10.12.0.37',
  'rds-orders.abc123xyz.eu-west-1.rds.amazonaws.com',
  'pg-primary',
];
const DATABASES = ['orders', 'shop', 'billing_v2', 'analytics', 'crm'];
const ROUTES = ['/api/orders', '/v1/charges', '/checkout', '/internal/reports/daily', '/users/42/profile', '/healthz'];
const ERRORS = [
  'TimeoutError',
  'PaymentDeclined',
  'ConnectionRefused',
  'PSQLException',
  'AxiosError',
  'ValidationError',
];
const PORTS = [5432, 3306, 6379, 27017, 5672, 8443, 9092, 1433];
const STATUSES = [400, 401, 403, 404, 409, 422, 429, 500, 502, 503];

function draw(random) {
  const two = (from, to) => String(random.int(from, to)).padStart(2, '0');
  return {
    user: random.pick(USERS),
    service: random.pick(SERVICES),
    host: random.pick(HOSTS),
    database: random.pick(DATABASES),
    route: random.pick(ROUTES),
    error: random.pick(ERRORS),
    port: String(random.pick(PORTS)),
    status: String(random.pick(STATUSES)),
    time: `2026-${two(1, 12)}-${two(1, 28)}T${two(0, 23)}:${two(0, 59)}:${two(0, 59)}.${random.int(100, 999)}Z`,
    requestId: random.uuid(),
    traceId: random.from(SETS.hex, 32),
    order: String(random.int(10_000, 99_999)),
    ms: String(random.int(11, 998)),
  };
}

/** A scene that does not hold any of these secrets by accident: a PIN is soon a port or a status. */
export function sceneWithout(random, secrets) {
  for (;;) {
    const scene = draw(random);
    const text = Object.values(scene).join(' ');
    if (!secrets.some((secret) => secret.length < 10 && text.includes(secret))) return scene;
  }
}
