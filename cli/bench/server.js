import { Buffer } from 'node:buffer';
import { createServer } from 'node:net';
import process from 'node:process';

// The simplest server that can be fast: it answers every request the same, and prints its port.
const kept = Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
const last = Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok');

const server = createServer((socket) => {
  socket.on('error', () => undefined);
  socket.on('data', (data) => (data.includes('connection: close') ? socket.end(last) : socket.write(kept)));
});
server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () => {
  process.stdout.write(`${server.address().port}\n`);
});
