import { connect } from 'node:net';
import express from 'express';
import pino from 'pino';

const log = pino();
const databaseUrl = process.env.DATABASE_URL ?? 'postgres://orders@127.0.0.1:5432/orders';

const products = new Map([
  ['1', { name: 'Teapot', price: { amount: 24, currency: 'EUR' } }],
  // Came without a price from the last import, and nobody noticed.
  ['2', { name: 'Kettle' }],
]);

const app = express();
app.use(express.json());

app.get('/products/:id', (request, response) => {
  const product = products.get(request.params.id);
  if (product === undefined) return response.status(404).json({ error: 'no such product' });
  response.json({ name: product.name, price: product.price.amount });
});

app.post('/orders', async (request, response) => {
  await saveOrder(request.body);
  response.status(201).end();
});

// Express 5 brings rejections of async handlers here, too.
app.use((error, request, response, next) => {
  const status = error.status ?? 500;
  if (status >= 500) log.error({ err: error }, `${request.method} ${request.route?.path ?? request.path} failed`);
  if (response.headersSent) return next(error);
  response.status(status).json({ error: status >= 500 ? 'internal error' : error.message });
});

async function saveOrder(order) {
  try {
    await openDatabase(databaseUrl);
  } catch (cause) {
    throw new Error(`order of ${order?.product} was not saved to ${databaseUrl}`, { cause });
  }
}

/** Stands for a database driver. */
function openDatabase(url) {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    socket.once('connect', () => resolve(socket)).once('error', reject);
  });
}

const server = app.listen(Number(process.env.PORT ?? 3000), process.env.HOST ?? '127.0.0.1', (error) => {
  if (error) throw error;
  log.info({ port: server.address().port }, 'orders is listening');
});

for (const signal of ['SIGTERM', 'SIGINT']) {
  process.once(signal, () => {
    log.info({ signal }, 'closing');
    server.close();
  });
}
