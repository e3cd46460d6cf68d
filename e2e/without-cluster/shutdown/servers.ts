import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Installed, SERVERS } from './install';

/** A server and how it is stopped. */
export interface Server {
  readonly command: (installed: Installed, port: number) => string[];
  /** What the image names as its STOPSIGNAL. */
  readonly signal?: NodeJS.Signals;
}

const EXPRESS = join(SERVERS, 'express/server.mjs');

/** Servers that are set up as in the guide. */
export const AS_IN_GUIDE = {
  Express: node('express/server.mjs'),
  'Express, exec of a shell': shell(`exec node ${EXPRESS}`),
  Fastify: node('fastify/server.mjs'),
  'Go net/http': go('server'),
  'Spring Boot': spring('--spring.main.sources=com.example.shutdown.Leaving'),
  'gunicorn, sync workers': gunicorn('--workers', '12'),
  'gunicorn, threads, --keep-alive 0': gunicorn('--threads', '25', '--keep-alive', '0'),
  uvicorn: python('uvicorn/server.py'),
  'nginx, SIGQUIT': nginx('SIGQUIT'),
  'nginx, SIGTERM': nginx('SIGTERM'),
} satisfies Record<string, Server>;

/** Servers with their defaults, or with the usual way to stop them. */
export const AS_USUAL = {
  'Express, no handler': node('express/default.mjs'),
  'Express, server.close()': node('express/close.mjs'),
  'Fastify, close()': node('fastify/close.mjs'),
  'Go net/http, no handler': go('default'),
  'Go net/http, Shutdown()': go('shutdown'),
  'Spring Boot': spring(),
  uvicorn: uvicorn(),
  'nginx, SIGQUIT': nginx('SIGQUIT', withoutKeepAliveTime),
  'nginx, SIGTERM': nginx('SIGTERM', withoutKeepAliveTime),
} satisfies Record<string, Server>;

/** Servers that are set up as in the guide but do not get the signal. */
export const WITHOUT_SIGNAL = {
  'npm start': { command: () => ['npm', '--prefix', join(SERVERS, 'express'), 'start'] },
  'a shell': shell(`node ${EXPRESS}`),
} satisfies Record<string, Server>;

function node(file: string): Server {
  return { command: () => [process.execPath, join(SERVERS, file)] };
}

function shell(script: string): Server {
  return { command: () => ['sh', '-c', script] };
}

function go(name: string): Server {
  return { command: (installed) => [join(installed.go, name)] };
}

function spring(...options: string[]): Server {
  const java = ['java', '-XX:TieredStopAtLevel=1', '-jar'];
  return {
    command: (installed, port) => [
      ...java,
      join(installed.spring, 'target/shop-1.0.0.jar'),
      `--server.port=${port}`,
      ...options,
    ],
  };
}

function python(file: string): Server {
  return { command: (installed) => [join(installed.python, 'bin/python'), join(SERVERS, file)] };
}

function gunicorn(...options: string[]): Server {
  const place = ['--no-control-socket', '--chdir', join(SERVERS, 'gunicorn')];
  return {
    command: (installed, port) => [
      ...[join(installed.python, 'bin/python'), '-m', 'gunicorn'],
      ...[...place, '--bind', `127.0.0.1:${port}`, ...options, 'app:app'],
    ],
  };
}

function uvicorn(): Server {
  const place = ['--app-dir', join(SERVERS, 'uvicorn')];
  return {
    command: (installed, port) => [
      ...[join(installed.python, 'bin/python'), '-m', 'uvicorn'],
      ...[...place, '--port', String(port), 'server:app'],
    ],
  };
}

/** nginx on another port, with a folder of its own for what it writes. */
function nginx(signal: NodeJS.Signals, change = (config: string) => config): Server {
  return {
    signal,
    command: ({ scratch }, port) => {
      const folder = join(scratch, `nginx-${port}`);
      mkdirSync(folder);
      const config = change(readFileSync(join(SERVERS, 'nginx/nginx.conf'), 'utf8'));
      const file = join(folder, 'nginx.conf');
      writeFileSync(file, config.replaceAll('/tmp', folder).replace('8080', `127.0.0.1:${port}`));
      return ['nginx', '-c', file, '-g', 'daemon off;'];
    },
  };
}

function withoutKeepAliveTime(config: string): string {
  return config.replace(/^ *keepalive_time .*$/m, '');
}
