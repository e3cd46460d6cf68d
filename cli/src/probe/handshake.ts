import { connect, type PeerCertificate } from 'node:tls';
import { CannotMeasureError } from '../shared/errors.js';
import { socketOptions } from './connections.js';
import type { Settings } from './options.js';
import type { Target } from './target.js';
import { shownUrl } from './url.js';

/**
 * Makes one TLS handshake, as every request will.
 * @throws CannotMeasureError when no request could succeed: the certificate cannot be trusted, or client and server have no TLS
 * in common. A server that breaks off or does not answer is measured all the same.
 */
export async function checkHandshake(settings: Settings, target: Target): Promise<void> {
  const url = shownUrl(settings.url);
  const { error, certificateError, certificate } = await shakeHands(
    settings,
    target,
    settings.connectTimeoutMs,
  );
  if (error && isProtocolError(error)) {
    throw new CannotMeasureError(`no TLS with ${url}: ${error.reason ?? error.code}${protocolHint(error)}`);
  }
  if (certificateError && !settings.insecure) {
    throw new CannotMeasureError(
      `the certificate of ${url} cannot be trusted (${certificateError}); ` +
        certificateHint(certificateError, certificate),
    );
  }
}

/** Whether a server answers a TLS handshake, within a second. */
export async function speaksTls(settings: Settings, target: Target): Promise<boolean> {
  const { agreed } = await shakeHands(settings, target, Math.min(1000, settings.connectTimeoutMs));
  return agreed;
}

/** OpenSSL's errors have a reason in words. */
type TlsError = NodeJS.ErrnoException & { reason?: string };

interface Handshake {
  readonly agreed: boolean;
  readonly error?: TlsError;
  /** Why the certificate cannot be trusted. */
  readonly certificateError?: string;
  readonly certificate?: PeerCertificate;
}

function shakeHands(settings: Settings, target: Target, timeoutMs: number): Promise<Handshake> {
  const { url, localAddresses, http2 } = settings;
  const options = {
    ...socketOptions(url, settings, target),
    rejectUnauthorized: false,
    localAddress: localAddresses[0],
    ALPNProtocols: http2 ? ['h2'] : undefined,
  };
  const socket = connect(options);
  return new Promise((resolve) => {
    const timer = setTimeout(() => socket.destroy(), timeoutMs);
    socket.once('secureConnect', () => {
      // At run time this is the code, although its type says Error.
      const code = socket.authorizationError as unknown as string | null;
      resolve({
        agreed: true,
        certificateError: code ?? undefined,
        certificate: socket.getPeerCertificate(),
      });
      socket.destroy();
    });
    socket.on('error', (error: TlsError) => resolve({ agreed: false, error }));
    socket.once('close', () => {
      clearTimeout(timer);
      resolve({ agreed: false });
    });
  });
}

function isProtocolError({ code }: TlsError): boolean {
  return code === 'EPROTO' || (code?.startsWith('ERR_SSL_') ?? false);
}

function protocolHint({ reason = '' }: TlsError): string {
  if (reason === 'wrong version number') {
    return '; the server does not speak TLS on this port, write http://';
  }
  if (reason.includes('no application protocol')) {
    return '; the server does not speak HTTP/2, leave out --http2';
  }
  return '';
}

const TRUST_HINT =
  "name the file with its authority's certificate in the environment variable NODE_EXTRA_CA_CERTS, " +
  'or accept every certificate with --insecure';

/** What to do about a certificate that cannot be trusted. */
export function certificateHint(code: string, certificate?: PeerCertificate): string {
  switch (code) {
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
      return (
        'it is self-signed: name its file in the environment variable NODE_EXTRA_CA_CERTS, ' +
        'or accept every certificate with --insecure'
      );
    case 'SELF_SIGNED_CERT_IN_CHAIN':
      return `its authority is not known here: ${TRUST_HINT}`;
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
      return (
        'its authority is not known here, or the server does not send the intermediate certificates, ' +
        `which it has to: ${TRUST_HINT}`
      );
    case 'CERT_HAS_EXPIRED':
      return `it was valid until ${certificate?.valid_to}: renew it, or accept every certificate with --insecure`;
    case 'CERT_NOT_YET_VALID':
      return (
        `it is valid from ${certificate?.valid_from}: compare this machine's clock, ` +
        'or accept every certificate with --insecure'
      );
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return (
        `it is for ${namesOf(certificate)}: write the URL with such a name, which /etc/hosts can lead to this server, ` +
        'or accept every certificate with --insecure'
      );
    default:
      return 'renew it, or accept every certificate with --insecure';
  }
}

function namesOf(certificate?: PeerCertificate): string {
  const names = certificate?.subjectaltname?.split(', ') ?? [];
  if (names.length === 0) {
    return 'no name at all';
  }
  return names.length > 5 ? `${names.slice(0, 5).join(', ')} and ${names.length - 5} more` : names.join(', ');
}
