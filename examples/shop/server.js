// A small shop, as small shops are: it works until it does not.
import { createServer } from 'node:http';
import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { logs, SeverityNumber } from '@opentelemetry/api-logs';
import { log } from './logger.js';
import { pay } from './payments.js';

// Deep call chains are seen whole, as many services have it.
Error.stackTraceLimit = 100;

const tracer = trace.getTracer('shop');
const databaseUrl = process.env.DATABASE_URL ?? 'postgres://shop:shop@db.internal:5432/orders';

const products = new Map([
  ['1', { name: 'Teapot', price: { amount: 24, currency: 'EUR' } }],
  // Came without a price from the last import, and nobody noticed.
  ['2', { name: 'Kettle' }],
]);

const routes = {
  'GET /products/:id': ({ id }) => {
    const product = products.get(id);
    if (!product) return { status: 404 };
    return { status: 200, body: { name: product.name, price: product.price.amount } };
  },

  'POST /checkout': async () => {
    try {
      await connect(databaseUrl);
    } catch (cause) {
      throw new Error('order could not be saved', { cause });
    }
    return { status: 201 };
  },

  'POST /reviews': async ({ body, log }) => {
    const review = JSON.parse(body);
    if (review.text.length > 20) {
      log.error({ product: review.product }, `review not stored, text too long: ${review.text}`);
      return { status: 422 };
    }
    return { status: 201 };
  },

  'POST /ledger/close': async ({ log }) => {
    const difference = sum([1999, 2400, 350]) - sum([1999, 2400, 35]);
    if (difference !== 0) {
      log.fatal({ difference, currency: 'EUR' }, 'ledger does not balance, payouts are stopped');
      return { status: 409 };
    }
    return { status: 200 };
  },

  'POST /payments': async ({ body, log }) => {
    await pay(JSON.parse(body), log);
    return { status: 201 };
  },

  'POST /stock': async ({ log }) => {
    log.error({ warehouse: '東京' }, '在庫を更新できません: 倉庫サービスが応答しません');
    return { status: 503 };
  },

  'POST /stocktakings': async ({ body, log }) => {
    for (const { name, left } of JSON.parse(body)) {
      if (left === 0) log.warn({ product: name }, `sold out: ${name}`);
      else if (left < 3) log.warn({ product: name, left }, `only ${left} left: ${name}`);
    }
    return { status: 200 };
  },

  'POST /refunds': async ({ body, log }) => {
    const { order, refusal } = JSON.parse(body);
    if (refusal) {
      log.error({ order }, `refund not sent, ${refusal}`);
      return { status: 502 };
    }
    return { status: 201 };
  },

  'POST /categories': async () => {
    rebuildCategories(60);
    return { status: 200 };
  },

  'POST /credentials/check': async () => {
    logs.getLogger('credentials').emit({
      eventName: 'credential.expiring',
      severityNumber: SeverityNumber.WARN,
      body: 'API key of the mail service expires in 6 days',
      attributes: { credential: 'mail-service', expires_in_days: 6, owner: 'maria' },
    });
    return { status: 200 };
  },

  'POST /deploys': async ({ body }) => {
    const { version, by } = JSON.parse(body);
    logs.getLogger('deploys').emit({
      eventName: 'deploy.finished',
      severityNumber: SeverityNumber.INFO,
      body: `shop ${version} is live`,
      attributes: { version, by },
    });
    return { status: 202 };
  },

  'POST /imports': async ({ body }) => {
    // Answers at once and works later; nobody catches what goes wrong then.
    setTimeout(() => importProducts(JSON.parse(body)), 20);
    return { status: 202 };
  },
};

function importProducts(rows) {
  for (const row of rows) products.set(String(row.id), { name: row.name.trim(), price: row.price });
}

// Deep in the tree the database refuses, and its driver quotes the whole statement, as drivers do.
function rebuildCategories(depth) {
  if (depth > 0) return rebuildCategories(depth - 1);
  const rows = Array.from({ length: 300 }, (_, id) => `(${id}, 'Category ${id}')`).join(', ');
  const cause = new Error('duplicate key value violates unique constraint "categories_name_key"');
  throw new Error(`could not insert categories: INSERT INTO categories (id, name) VALUES ${rows}`, { cause });
}

async function connect(url) {
  throw Object.assign(new Error(`connect ECONNREFUSED ${url}`), { code: 'ECONNREFUSED' });
}

function sum(amounts) {
  return amounts.reduce((total, amount) => total + amount, 0);
}

async function handle(request, response) {
  const [, first, second] = request.url.split('/');
  const isProduct = first === 'products';
  const route = `${request.method} /${isProduct ? 'products/:id' : [first, second].filter(Boolean).join('/')}`;
  const span = tracer.startSpan(route, { kind: SpanKind.SERVER });
  const { traceId, spanId } = span.spanContext();
  const requestLog = log.child({ trace_id: traceId, span_id: spanId, route });
  let status = 500;
  try {
    let body = '';
    for await (const chunk of request) body += chunk;
    const answer = (await routes[route]?.({ id: second, body, log: requestLog })) ?? { status: 404 };
    status = answer.status;
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body ?? {}));
  } catch (error) {
    requestLog.error({ err: error }, `${route} failed`);
    span.recordException(error);
    span.setStatus({ code: SpanStatusCode.ERROR, message: error.message });
    response.writeHead(500, { 'content-type': 'application/json' }).end('{"error":"internal"}');
  } finally {
    span.setAttribute('http.response.status_code', status);
    span.end();
  }
}

const server = createServer(handle);
server.listen(Number(process.env.PORT ?? 3000), '127.0.0.1', () => {
  log.info({ port: server.address().port }, 'shop is open');
});
