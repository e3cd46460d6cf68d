import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ZeroDowntimeDeployment } from '../../src';
import { addWeb } from '../helpers';

let outdir: string;

beforeEach(() => {
  outdir = mkdtempSync(join(tmpdir(), 'many-charts-'));
});

afterEach(() => {
  rmSync(outdir, { recursive: true });
});

const WRONG_LABEL =
  /\[one\/web\] selectorLabels\['app.kubernetes.io\/name'\] = "web": deployment.podMetadata has "other"/;

/** A change that every check has to see. */
function spoil(web: ZeroDowntimeDeployment): void {
  web.deployment.podMetadata.addLabel('app.kubernetes.io/name', 'other');
}

const WAYS: Record<string, (app: App) => unknown> = {
  synth: (app) => app.synth(),
  synthYaml: (app) => app.synthYaml(),
};

describe.each(Object.entries(WAYS))('App.%s', (_, synthesize) => {
  test('checks a service once, however many charts there are', () => {
    const timesRead = (charts: number) => {
      const app = new App({ outdir });
      const [first] = Array.from({ length: charts }, (_, i) =>
        addWeb(new Chart(app, `chart-${i}`), {}, `web-${i}`),
      );
      const read = vi.spyOn(first.deployment.podMetadata, 'getLabel');
      synthesize(app);
      return read.mock.calls.length;
    };
    const once = timesRead(1);
    expect(once).toBeGreaterThan(0);
    expect(timesRead(20)).toBe(once);
  });

  test('checks again each time', () => {
    const app = new App({ outdir });
    const web = addWeb(new Chart(app, 'one'));
    new Chart(app, 'two');
    synthesize(app);
    spoil(web);
    expect(() => synthesize(app)).toThrow(WRONG_LABEL);
    expect(() => synthesize(app)).toThrow(WRONG_LABEL);
  });

  test('finds what a chart changes while it is rendered', () => {
    class LateChart extends Chart {
      public override toJson(): unknown[] {
        spoil(web);
        return super.toJson();
      }
    }
    const app = new App({ outdir });
    const web = addWeb(new Chart(app, 'one'));
    new LateChart(app, 'two');
    expect(() => synthesize(app)).toThrow(WRONG_LABEL);
  });

  test('finds what an app changes between two passes of its own', () => {
    class TwoPasses extends App {
      public web?: ZeroDowntimeDeployment;

      public override synth(): void {
        super.synth();
        spoil(this.web!);
        super.synth();
      }

      public override synthYaml(): string {
        super.synthYaml();
        spoil(this.web!);
        return super.synthYaml();
      }
    }
    const app = new TwoPasses({ outdir });
    app.web = addWeb(new Chart(app, 'one'));
    expect(() => synthesize(app)).toThrow(WRONG_LABEL);
  });
});

test('a chart rendered by itself is checked each time', () => {
  const chart = new Chart(new App(), 'one');
  const web = addWeb(chart);
  chart.toJson();
  spoil(web);
  expect(() => chart.toJson()).toThrow(WRONG_LABEL);
});

test('a chart rendered after a synthesis that failed is checked', () => {
  const app = new App({ outdir });
  const chart = new Chart(app, 'one');
  const web = addWeb(chart);
  new Chart(app, 'broken').node.addValidation({ validate: () => ['broken'] });
  expect(() => app.synth()).toThrow('broken');
  spoil(web);
  expect(() => chart.toJson()).toThrow(WRONG_LABEL);
});
