import { App, Chart } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { ZeroDowntimeDeployment } from '../../../src';
import { type Asked, toProps } from '../../../test/arbitraries';
import type { Manifest } from '../../../test/helpers';

/** The objects of a combination of props as kubectl reads them, or why it is refused. */
export interface Synthesized {
  objects: Manifest[];
  refusal?: string;
}

/** Synthesizes a combination of props. */
export function synthesize(asked: Asked): Synthesized {
  const chart = new Chart(new App(), 'chart');
  const props = toProps(chart, asked);
  try {
    new ZeroDowntimeDeployment(chart, 'web', props);
    // kubectl reads YAML 1.1.
    const documents = parseAllDocuments(App.of(chart).synthYaml(), { version: '1.1' });
    return { objects: documents.map((document) => document.toJS()) };
  } catch (error) {
    const { message } = error as Error;
    return { objects: [], refusal: message.replace('Validation failed with the following errors:\n  ', '') };
  }
}
