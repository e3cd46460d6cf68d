/**
 * A gRPC server that exits at once on SIGTERM, without draining. It prints its port, and when it exits, the number of
 * calls that it got.
 */
import { Server, ServerCredentials } from '@grpc/grpc-js';
import { ECHO } from './grpc-service';

const COUNT_MS = 100;

let calls = 0;
const server = new Server();
server.addService(ECHO, {
  echo: (call: { request: Buffer }, answer: (error: null, response: Buffer) => void) => {
    calls++;
    answer(null, call.request);
  },
  // As many messages as asked for.
  count: (call: { request: Buffer; write(message: Buffer): void; end(): void }) => {
    calls++;
    let left = Number(call.request.toString());
    const timer = setInterval(() => {
      call.write(Buffer.from('tick'));
      if (--left > 0) {
        return;
      }
      clearInterval(timer);
      call.end();
    }, COUNT_MS);
  },
});
server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) => {
  if (error) {
    throw error;
  }
  process.stdout.write(`${port}\n`);
});
process.on('SIGTERM', () => {
  process.stdout.write(`${calls}\n`, () => process.exit(0));
});
