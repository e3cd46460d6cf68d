import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';
import * as x509 from '@peculiar/x509';

const KEY = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const LIFETIME_MS = 30 * 24 * 3600 * 1000;

/** A certificate and its key, as PEM text and as files. */
export interface KeyPair {
  cert: string;
  key: string;
  certFile: string;
  keyFile: string;
}

/** Who a certificate is for: `user` and `group` are what Kubernetes reads from it. */
export interface Subject {
  user: string;
  group?: string;
  /** Host names and addresses of a server. */
  hosts?: string[];
}

/** A certificate authority, which writes what it issues to a folder. */
export class Authority {
  private constructor(
    private readonly folder: string,
    private readonly root: x509.X509Certificate,
    private readonly keys: webcrypto.CryptoKeyPair,
  ) {}

  /** Makes the authority; its certificate is at {@link file}. */
  static async create(folder: string): Promise<Authority> {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const keys = await generateKeys();
    const root = await x509.X509CertificateGenerator.createSelfSigned({
      serialNumber: serial(),
      name: 'CN=zero-downtime-test-ca',
      ...validity(),
      signingAlgorithm: KEY,
      keys,
      extensions: [
        new x509.BasicConstraintsExtension(true, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
        await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      ],
    });
    const authority = new Authority(folder, root, keys);
    writeFileSync(authority.file, authority.pem);
    return authority;
  }

  get file(): string {
    return join(this.folder, 'ca.crt');
  }

  get pem(): string {
    return this.root.toString('pem');
  }

  /** Issues a certificate for clients and servers, as `name.crt` and `name.key`. */
  async issue(name: string, { user, group, hosts = [] }: Subject): Promise<KeyPair> {
    const keys = await generateKeys();
    const cert = await x509.X509CertificateGenerator.create({
      serialNumber: serial(),
      subject: new x509.Name([{ CN: [user] }, ...(group ? [{ O: [group] }] : [])]),
      issuer: this.root.subject,
      ...validity(),
      signingAlgorithm: KEY,
      publicKey: keys.publicKey,
      signingKey: this.keys.privateKey,
      extensions: [
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        new x509.ExtendedKeyUsageExtension([
          x509.ExtendedKeyUsage.clientAuth,
          x509.ExtendedKeyUsage.serverAuth,
        ]),
        new x509.SubjectAlternativeNameExtension(
          [user.replaceAll(':', '.'), ...hosts].map((value) => ({ type: isIP(value) ? 'ip' : 'dns', value })),
        ),
      ],
    });
    return this.write(name, cert.toString('pem'), keys);
  }

  /** A bare key pair, `name.pub` and `name.key`: for signing service account tokens. */
  async keyPair(name: string): Promise<{ publicFile: string; keyFile: string }> {
    const keys = await generateKeys();
    const publicFile = join(this.folder, `${name}.pub`);
    const pem = x509.PemConverter.encode(
      await webcrypto.subtle.exportKey('spki', keys.publicKey),
      'PUBLIC KEY',
    );
    writeFileSync(publicFile, pem);
    const { keyFile } = await this.write(name, '', keys);
    return { publicFile, keyFile };
  }

  private async write(name: string, cert: string, keys: webcrypto.CryptoKeyPair): Promise<KeyPair> {
    const key = x509.PemConverter.encode(
      await webcrypto.subtle.exportKey('pkcs8', keys.privateKey),
      'PRIVATE KEY',
    );
    const [certFile, keyFile] = [join(this.folder, `${name}.crt`), join(this.folder, `${name}.key`)];
    if (cert) {
      writeFileSync(certFile, cert);
    }
    writeFileSync(keyFile, key, { mode: 0o600 });
    return { cert, key, certFile, keyFile };
  }
}

function generateKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(KEY, true, ['sign', 'verify']);
}

function serial(): string {
  return `01${Buffer.from(webcrypto.getRandomValues(new Uint8Array(12))).toString('hex')}`;
}

/** Begins an hour ago, so that it is valid for a clock that is behind, too. */
function validity(): { notBefore: Date; notAfter: Date } {
  return { notBefore: new Date(Date.now() - 3600_000), notAfter: new Date(Date.now() + LIFETIME_MS) };
}
