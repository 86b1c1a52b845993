import { connect } from 'node:net';
import fastify from 'fastify';

const databaseUrl = process.env.DATABASE_URL ?? 'postgres://bookings@127.0.0.1:5432/bookings';

const app = fastify({
  logger: {
    transport: {
      targets: [
        { target: 'pino/file', level: 'info' }, // stdout
        {
          // Warnings and worse become pages. The webhook is in DISCORD_PAGER_WEBHOOK_URL.
          target: 'otel-discord-pager/pino',
          level: 'warn',
          options: { serviceName: 'bookings', serviceVersion: '3.0.0', environment: 'production' },
        },
      ],
    },
  },
});

const rooms = new Map([
  ['101', { name: 'Lake view', beds: 2 }],
  // Half a record: the import was interrupted.
  ['102', null],
]);

app.get('/rooms/:id', ({ params }, reply) => {
  if (!rooms.has(params.id)) return reply.code(404).send({ error: 'no such room' });
  const room = rooms.get(params.id);
  return { name: room.name, beds: room.beds };
});

const bookingSchema = {
  type: 'object',
  required: ['room', 'nights'],
  properties: { room: { type: 'string' }, nights: { type: 'integer' } },
};

app.post('/bookings', { schema: { body: bookingSchema } }, async ({ body, log }, reply) => {
  if (body.nights > 30) log.warn({ nights: body.nights }, 'unusually long booking');
  await saveBooking(body);
  return reply.code(201).send();
});

// Fastify's own handler logs the error, too, but shows its message to the client.
app.setErrorHandler((error, request, reply) => {
  const status = error.statusCode ?? 500;
  if (status < 500) return reply.code(status).send({ error: error.message });
  request.log.error({ err: error }, `${request.method} ${request.routeOptions.url} failed`);
  return reply.code(status).send({ error: 'internal error' });
});

async function saveBooking({ room }) {
  try {
    await openDatabase(databaseUrl);
  } catch (cause) {
    throw new Error(`booking of room ${room} was not saved to ${databaseUrl}`, { cause });
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

for (const signal of ['SIGTERM', 'SIGINT']) {
  process.once(signal, async () => {
    app.log.info({ signal }, 'closing');
    await app.close();
  });
}

await app.listen({ port: Number(process.env.PORT ?? 3000), host: process.env.HOST ?? '127.0.0.1' });
