import type { ClientHttp2Session, ClientHttp2Stream } from 'node:http2';

const sessionsInUse = new FinalizationRegistry<object>(() => undefined);

/**
 * Frees the native memory of a connection after that of its request, not before. In the other order Node.js 20, 22 and 24 end
 * the whole process with a failed assertion when the head of the response was refused or is not whole: the assertion of
 * https://github.com/nodejs/node/issues/39951. No public interface of Node.js sets the order.
 */
export function freeAfterRequest(session: ClientHttp2Session, request: ClientHttp2Stream): void {
  if (request.pending) {
    request.once('ready', () => freeAfterRequest(session, request));
  } else {
    holdUntilFreed(nativePart(request), nativePart(session));
  }
}

/** The registry holds `held` until the garbage collector has taken `object`. */
function holdUntilFreed(object: object | undefined, held: object | undefined): void {
  if (object && held) {
    sessionsInUse.register(object, held);
  }
}

function nativePart(owner: object): object | undefined {
  const symbol = Object.getOwnPropertySymbols(owner).find(({ description }) => description === 'kHandle');
  return symbol && (owner as Record<symbol, object | undefined>)[symbol];
}
