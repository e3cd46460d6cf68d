import { App, Chart } from 'cdk8s';
import { expect } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { ZeroDowntimeDeployment, type ZeroDowntimeDeploymentProps } from '../src';

/** An object as it stands in the YAML. */
export type Manifest = any; // eslint-disable-line @typescript-eslint/no-explicit-any

export type Props = Partial<ZeroDowntimeDeploymentProps>;

/** What a user has to say at least. */
export const MINIMAL = { image: 'registry.example.com/web:1.4.2', port: 8080 };

/** A refusal by the construct `web` in the chart `chart`: path, prop, value, reason and fix. */
export const REFUSAL = /^\[chart\/web\] .+ = [^]*: [^]+\. [^]+\.$/;

/** A chart named `chart` in an app of its own. */
export function newChart(namespace?: string): Chart {
  return new Chart(new App(), 'chart', { namespace });
}

/** The construct `web` with the minimal props and these. */
export function addWeb(chart: Chart, props: Props = {}, id = 'web'): ZeroDowntimeDeployment {
  return new ZeroDowntimeDeployment(chart, id, { ...MINIMAL, ...props });
}

/** Every object in the YAML of the app that the chart belongs to. */
export function yamlOf(chart: Chart): Manifest[] {
  return parseAllDocuments(App.of(chart).synthYaml()).map((document) => {
    expect(document.errors).toEqual([]);
    return document.toJS();
  });
}

/** The only object of its kind in the YAML of the app that the chart belongs to. */
export function objectOf(chart: Chart, kind: string): Manifest {
  const found = yamlOf(chart).filter((object) => object.kind === kind);
  expect(found, `objects of kind ${kind}`).toHaveLength(1);
  return found[0];
}

/** What one construct with the minimal props and these becomes in YAML, and the parts most often asked for. */
export interface Rendered {
  readonly deployment: Manifest;
  readonly podSpec: Manifest;
  readonly container: Manifest;
  readonly service: Manifest;
  readonly podDisruptionBudget: Manifest;
}

export function render(props: Props = {}, addMore?: (web: ZeroDowntimeDeployment) => void): Rendered {
  const chart = newChart();
  const web = addWeb(chart, props);
  addMore?.(web);
  const deployment = objectOf(chart, 'Deployment');
  const podSpec = deployment.spec.template.spec;
  return {
    deployment,
    podSpec,
    container: podSpec.containers[0],
    service: objectOf(chart, 'Service'),
    podDisruptionBudget: objectOf(chart, 'PodDisruptionBudget'),
  };
}

/** What an action throws. */
export function messageOf(action: () => void): string {
  try {
    action();
  } catch (error) {
    return (error as Error).message;
  }
  return 'nothing was refused';
}

/** The construct with these props throws exactly these messages, each on a line of its own after its path. */
export function expectRefused(props: Props, ...messages: string[]): void {
  expect(messageOf(() => addWeb(newChart(), props))).toBe(
    messages.map((message) => `[chart/web] ${message}`).join('\n'),
  );
}

/** The construct with these props synthesizes. */
export function expectAccepted(props: Props, addMore?: (web: ZeroDowntimeDeployment) => void): void {
  expect(render(props, addMore).deployment.kind).toBe('Deployment');
}

/** Synth of the construct with these props throws exactly these messages, each after the construct's path. */
export function expectRefusedAtSynth(
  props: Props,
  addMore: (web: ZeroDowntimeDeployment, chart: Chart) => void,
  ...messages: string[]
): void {
  const chart = newChart();
  addMore(addWeb(chart, props), chart);
  expectSynthError(
    chart,
    messages.map((message) => `[chart/web] ${message}`),
  );
}

/** Synth of the app throws exactly these messages. */
export function expectSynthError(chart: Chart, messages: string[]): void {
  expect(messageOf(() => App.of(chart).synthYaml())).toBe(
    `Validation failed with the following errors:\n  ${messages.join('\n  ')}`,
  );
}
