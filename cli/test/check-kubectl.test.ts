import { describe, expect, it } from 'vitest';
import { difference, kubectlReads } from './kubectl-reads.js';

describe('what kubectl reads', () => {
  it.each(kubectlReads)('$text', (read) => {
    expect(difference(read)).toBeUndefined();
  });
});
