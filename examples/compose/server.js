import { createServer } from 'node:http';
import { createPager } from 'otel-discord-pager';

// Everything it needs to know is in the environment, see compose.yaml.
const pager = createPager();
const warehouseUrl = process.env.WAREHOUSE_URL ?? 'http://127.0.0.1:4200/stock';

const routes = {
  'GET /health': () => ({ status: 200, body: { ok: true } }),

  'POST /reservations': async () => {
    const stock = await loadStock();
    return { status: 201, body: { left: stock.left - 1 } };
  },
};

async function loadStock() {
  try {
    const answer = await fetch(warehouseUrl, { signal: AbortSignal.timeout(5_000) });
    if (!answer.ok) throw new Error(`the warehouse answered ${answer.status}`);
    return await answer.json();
  } catch (cause) {
    throw new Error(`no stock from ${warehouseUrl}`, { cause });
  }
}

async function answer(request) {
  const name = `${request.method} ${request.url}`;
  try {
    return (await routes[name]?.()) ?? { status: 404, body: { error: 'no such route' } };
  } catch (error) {
    console.error(`${name} failed:`, error);
    pager.page({ error, message: `${name} failed` });
    return { status: 500, body: { error: 'internal error' } };
  }
}

const server = createServer(async (request, response) => {
  const { status, body } = await answer(request);
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
});

server.listen(Number(process.env.PORT ?? 3000), process.env.HOST ?? '127.0.0.1', () => {
  console.log(`inventory is listening on port ${server.address().port}`);
});

for (const signal of ['SIGTERM', 'SIGINT']) {
  process.once(signal, () => {
    console.log(`${signal}: closing`);
    server.close(() => pager.shutdown());
  });
}
