import { createServer } from 'node:http';
import { logs, SeverityNumber } from '@opentelemetry/api';

const logger = logs.getLogger('billing');
const bankUrl = process.env.BANK_URL ?? 'http://127.0.0.1:4100/transfers';

const routes = {
  'GET /health': () => ({ status: 200, body: { ok: true } }),

  'POST /payouts': async (request) => {
    const payout = JSON.parse(await readBody(request));
    await transfer(payout);
    return { status: 201, body: { id: payout.id } };
  },
};

async function transfer(payout) {
  try {
    const answer = await fetch(bankUrl, {
      method: 'POST',
      body: JSON.stringify(payout),
      signal: AbortSignal.timeout(5_000),
    });
    if (!answer.ok) throw new Error(`the bank answered ${answer.status}`);
  } catch (cause) {
    throw new Error(`payout ${payout.id} was not accepted by ${bankUrl}`, { cause });
  }
}

async function readBody(request) {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) body += chunk;
  return body;
}

async function answer(request) {
  const name = `${request.method} ${request.url}`;
  try {
    return (await routes[name]?.(request)) ?? { status: 404, body: { error: 'no such route' } };
  } catch (error) {
    logger.emit({
      severityNumber: SeverityNumber.ERROR,
      severityText: 'ERROR',
      body: `${name} failed`,
      exception: error,
    });
    return { status: 500, body: { error: 'internal error' } };
  }
}

const server = createServer(async (request, response) => {
  const { status, body } = await answer(request);
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
});

server.listen(Number(process.env.PORT ?? 3000), process.env.HOST ?? '127.0.0.1', () => {
  console.log(`billing is listening on port ${server.address().port}`);
});

for (const signal of ['SIGTERM', 'SIGINT']) {
  process.once(signal, () => {
    console.log(`${signal}: closing`);
    server.close();
  });
}
