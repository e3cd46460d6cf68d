import type { TestProject } from 'vitest/node';
import { Progress } from '../../cluster/progress';
import { buildTools, type Tools } from './build';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The paths of the tools that judge manifests. */
    tools: Tools;
  }
}

/** Builds the tools for the tests. */
export default async function setup(project: TestProject): Promise<void> {
  project.provide('tools', await buildTools(new Progress()));
}
