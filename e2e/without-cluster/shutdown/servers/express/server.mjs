import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import express from 'express';

const app = express();

let leaving = false;
app.use((request, response, next) => {
  if (leaving) {
    response.set('Connection', 'close');
  }
  next();
});

app.get('/', (request, response) => response.send('ok'));
app.get('/slow', async (request, response) => {
  await sleep(2000);
  response.send('ok');
});

const server = app.listen(process.env.PORT);

process.once('SIGTERM', async () => {
  leaving = true;
  await sleep(10_000);
  server.close();
});
