// The usual advice.
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import express from 'express';

const app = express();

app.get('/', (request, response) => response.send('ok'));
app.get('/slow', async (request, response) => {
  await sleep(2000);
  response.send('ok');
});

const server = app.listen(process.env.PORT);

process.once('SIGTERM', () => server.close());
