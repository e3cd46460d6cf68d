import type { TestProject } from 'vitest/node';
import { onInterrupt } from '../../cluster/attempt';
import { Progress } from '../../cluster/progress';
import type { Access } from './api-server';
import { Servers } from './servers';

declare module 'vitest' {
  export interface ProvidedContext {
    /** How tests reach the API servers. */
    servers: Access[];
  }
}

/** Starts the API servers for the tests, and stops them when the tests are done or interrupted. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const servers = new Servers();
  onInterrupt(() => servers.stop());
  try {
    project.provide('servers', await servers.start(new Progress()));
  } catch (error) {
    await servers.stop();
    throw error;
  }
  return () => servers.stop();
}
