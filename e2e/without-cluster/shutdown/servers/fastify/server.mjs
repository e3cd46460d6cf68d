import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import fastify from 'fastify';

const app = fastify();

let leaving = false;
app.addHook('onSend', async (request, reply) => {
  if (leaving) {
    reply.header('Connection', 'close');
  }
});

app.get('/', async () => 'ok');
app.get('/slow', async () => {
  await sleep(2000);
  return 'ok';
});

await app.listen({ host: '0.0.0.0', port: process.env.PORT });

process.once('SIGTERM', async () => {
  leaving = true;
  await sleep(10_000);
  await app.close();
});
