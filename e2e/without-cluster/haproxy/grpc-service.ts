import { makeGenericClientConstructor, type ServiceDefinition } from '@grpc/grpc-js';

const bytes = (message: Buffer) => message;
const method = (name: string, responseStream: boolean) => ({
  path: `/test.Echo/${name}`,
  requestStream: false,
  responseStream,
  requestSerialize: bytes,
  requestDeserialize: bytes,
  responseSerialize: bytes,
  responseDeserialize: bytes,
});

/** A service of plain bytes, which needs no compiled definition. */
export const ECHO = {
  /** Returns what it got. */
  echo: method('echo', false),
  /** Sends the number of messages that it is told, ten a second. */
  count: method('count', true),
} satisfies ServiceDefinition;

export const EchoClient = makeGenericClientConstructor(ECHO, 'test.Echo');
