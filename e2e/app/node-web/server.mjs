// A plain Node server as found in the field: no signal handler, no settings of keep-alive.
import http from 'node:http';
import os from 'node:os';
import { env } from 'node:process';
import { setTimeout } from 'node:timers';
import { URL } from 'node:url';

const version = env.VERSION || '1';
const money = version === '1' ? 'Money' : 'More Money';
const page = `<!DOCTYPE html>
<html>
<head><title>My Awesome App</title></head>
<body><h1>Version ${version} of my awesome app! ${money} is pouring in!</h1></body>
</html>
`;

const server = http.createServer((request, response) => {
  response.setHeader('X-App-Version', version);
  response.setHeader('X-Pod', os.hostname());
  if (request.method === 'POST') {
    const { searchParams } = new URL(request.url, 'http://localhost');
    setTimeout(() => request.pipe(response), Number(searchParams.get('ms') || 0));
    return;
  }
  response.setHeader('Content-Type', 'text/html; charset=utf-8');
  response.end(page);
});

setTimeout(() => server.listen(Number(env.PORT || 80)), Number(env.START_DELAY_MS || 0));
