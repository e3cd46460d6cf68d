import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Installed, SERVERS } from './install';

/** A server and how it goes. */
export interface Server {
  readonly command: (port: number) => string[];
  /** What the image names as its STOPSIGNAL. */
  readonly signal?: NodeJS.Signals;
}

/** As the guide sets them up. */
export function prepared(installed: Installed): Record<string, Server> {
  return {
    Express: node('express/server.mjs'),
    Fastify: node('fastify/server.mjs'),
    'Go net/http': { command: () => [join(installed.go, 'server')] },
    'Spring Boot': spring(installed, '--spring.main.sources=com.example.shutdown.Leaving'),
    'gunicorn, sync workers': gunicorn(installed, '--workers', '12'),
    'gunicorn, threads without keep-alive': gunicorn(installed, '--threads', '25', '--keep-alive', '0'),
    uvicorn: { command: () => [join(installed.python, 'bin/python'), join(SERVERS, 'uvicorn/server.py')] },
    nginx: nginx('SIGQUIT', (config) => config),
    'nginx, with SIGTERM': nginx('SIGTERM', (config) => config),
  };
}

/** As they come, or as they are usually stopped. */
export function unprepared(installed: Installed): Record<string, Server> {
  const withoutKeepAliveTime = (config: string) => config.replace('keepalive_time', '# keepalive_time');
  return {
    'Express, no handler': node('express/default.mjs'),
    'Express, server.close()': node('express/close.mjs'),
    'Fastify, close()': node('fastify/close.mjs'),
    'Go net/http, no handler': { command: () => [join(installed.go, 'default')] },
    'Go net/http, Shutdown()': { command: () => [join(installed.go, 'shutdown')] },
    'Spring Boot': spring(installed),
    'gunicorn, threads': gunicorn(installed, '--threads', '25'),
    uvicorn: {
      command: (port) => [
        join(installed.python, 'bin/python'),
        ...['-m', 'uvicorn', '--app-dir', join(SERVERS, 'uvicorn'), '--port', String(port), 'server:app'],
      ],
    },
    nginx: nginx('SIGQUIT', withoutKeepAliveTime),
    'nginx, with SIGTERM': nginx('SIGTERM', withoutKeepAliveTime),
  };
}

function node(file: string): Server {
  return { command: () => [process.execPath, join(SERVERS, file)] };
}

function gunicorn({ python }: Installed, ...options: string[]): Server {
  return {
    command: (port) => [
      join(python, 'bin/python'),
      ...['-m', 'gunicorn', '--chdir', join(SERVERS, 'gunicorn'), '--bind', `127.0.0.1:${port}`],
      ...[...options, 'app:app'],
    ],
  };
}

function spring({ spring: folder }: Installed, ...options: string[]): Server {
  const jar = join(folder, 'target/shop-1.0.0.jar');
  return {
    command: (port) => ['java', '-XX:TieredStopAtLevel=1', '-jar', jar, `--server.port=${port}`, ...options],
  };
}

function nginx(signal: NodeJS.Signals, change: (config: string) => string): Server {
  const config = change(readFileSync(join(SERVERS, 'nginx/nginx.conf'), 'utf8'));
  const folder = mkdtempSync(join(tmpdir(), 'zero-downtime-nginx-'));
  return {
    signal,
    command: (port) => {
      const file = join(folder, 'nginx.conf');
      writeFileSync(file, config.replaceAll('/tmp', folder).replace('8080', `127.0.0.1:${port}`));
      return ['nginx', '-c', file, '-g', 'daemon off;'];
    },
  };
}
