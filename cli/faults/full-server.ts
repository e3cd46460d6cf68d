import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Lab } from './lab';

/** Starts a server that accepts nothing and whose queue of connections is full, and returns its URL. */
export async function startFullServer(lab: Lab): Promise<string> {
  const script = fileURLToPath(new URL('full-server.py', import.meta.url));
  // Node.js itself accepts whatever comes. It ends with its standard input.
  const child = spawn('python3', [script], { stdio: ['pipe', 'pipe', 'inherit'] });
  lab.closeLater(() => void child.stdin.end());
  const [port] = (await once(child.stdout, 'data')) as [Buffer];
  return `http://127.0.0.1:${port.toString().trim()}/`;
}
