import { describe, expect, test } from 'vitest';
import { Exposure } from '../../src';
import { addWeb, expectAccepted, expectRefused, newChart, type Props, render } from '../helpers';

/** Where labels can be given, by the path of the prop. */
type Labelled = [string, (labels: Record<string, string>) => Props];
const SELECTOR_LABELS: Labelled = ['selectorLabels', (selectorLabels) => ({ selectorLabels })];
const LABELS: Labelled = ['labels', (labels) => ({ labels })];
const POD_LABELS: Labelled = ['pod.labels', (labels) => ({ pod: { labels } })];

const NAME_RULE = "lower-case letters, digits, '-' and '.'";
const SERVICE_NAME_RULE = "at most 63 lower-case letters, digits and '-', a letter first";

describe('the name', () => {
  test.each(['Web', 'web_1', 'web-', '-web', '.web', 'web.', 'we b', 'wéb', '', 'a..b', 'a.-b'])(
    '"%s" is refused',
    (name) => {
      expectRefused(
        { name },
        `name = ${JSON.stringify(name)}: Kubernetes does not take it as a name, which is ${NAME_RULE}. Write for example name: 'my-app'.`,
      );
    },
  );

  test('from an id that is none is refused, and says where it comes from', () => {
    expect(() => addWeb(newChart(), {}, 'Web')).toThrow(
      new Error(
        `[chart/Web] name (from the id) = "Web": Kubernetes does not take it as a name, which is ${NAME_RULE}. Write for example name: 'my-app'.`,
      ),
    );
  });

  test('may be given where the id is no name', () => {
    expect(addWeb(newChart(), { name: 'my-app' }, 'Web').deployment.name).toBe('my-app');
  });

  test.each(['a', 'web', 'web-1', '1web', 'a.b'])('%s is taken', (name) => {
    expectAccepted({ name, exposure: Exposure.loadBalancer({ serviceName: 'web' }) });
  });

  test('has at most 63 characters, since it is the value of a label', () => {
    expectAccepted({ name: 'x'.repeat(63) });
    const name = 'x'.repeat(64);
    expectRefused(
      { name, exposure: Exposure.loadBalancer({ serviceName: 'web' }) },
      `name = "${name}": it is also the value of a label, which has at most 63 characters, not 64. Write a shorter name, or selectorLabels of your own.`,
    );
  });

  test('has at most 253 characters with selector labels of the user', () => {
    const others = {
      exposure: Exposure.loadBalancer({ serviceName: 'web' }),
      selectorLabels: { app: 'web' },
    };
    const name = 'x'.repeat(254);
    expectAccepted({ ...others, name: name.slice(1) });
    expectRefused(
      { ...others, name },
      `name = "${name}": Kubernetes does not take it as a name, which is ${NAME_RULE}. Write for example name: 'my-app'.`,
    );
  });
});

describe('the name of the Service', () => {
  test.each(['1web', 'a.b', 'Web', '', 'web-', '-web', 'x'.repeat(64)])('"%s" is refused', (serviceName) => {
    expectRefused(
      { exposure: Exposure.loadBalancer({ serviceName }) },
      `exposure.serviceName = "${serviceName}": Kubernetes does not take it as a name, which is ${SERVICE_NAME_RULE}. Write for example serviceName: 'my-app'.`,
    );
  });

  test.each(['1web', 'a.b'])('that would be the name "%s" is refused, and says so', (name) => {
    expectRefused(
      { name },
      `exposure.serviceName (from the name) = "${name}": Kubernetes does not take it as a name, which is ${SERVICE_NAME_RULE}. Write for example serviceName: 'my-app'.`,
    );
    expectAccepted({ name, exposure: Exposure.loadBalancer({ serviceName: 'my-app' }) });
  });

  test.each(['a', 'a1', 'my-app', 'x'.repeat(63)])('%s is taken', (serviceName) => {
    expectAccepted({ exposure: Exposure.loadBalancer({ serviceName }) });
  });
});

describe('the name of the container', () => {
  test.each(['Main', 'a.b', 'a_b', '', 'main-', 'x'.repeat(64)])('"%s" is refused', (containerName) => {
    expectRefused(
      { container: { name: containerName } },
      `container.name = "${containerName}": Kubernetes does not take it as a name, which is at most 63 lower-case letters, digits and '-'. Write for example container: { name: 'main' }.`,
    );
  });

  test.each(['main', '1', 'a-b', 'x'.repeat(63)])('%s is taken', (containerName) => {
    expectAccepted({ container: { name: containerName } });
  });
});

describe('selector labels', () => {
  test.each<Record<string, string>>([{}, { app: '' }, { app: '', team: '' }])(
    'without a value are refused, since they would select every pod: %o',
    (selectorLabels) => {
      expectRefused(
        { selectorLabels },
        `selectorLabels = ${JSON.stringify(selectorLabels)}: a selector without a label that has a value would select every pod of the namespace. Write the labels of the live Deployment's selector, or leave the prop out.`,
      );
    },
  );

  test('may have an empty value beside another', () => {
    const selectorLabels = { app: 'web', canary: '' };
    const { deployment, service } = render({ selectorLabels });
    expect(deployment.spec.selector.matchLabels).toEqual(selectorLabels);
    expect(service.spec.selector).toEqual(selectorLabels);
  });

  test.each([LABELS, POD_LABELS])('that %s contradict are refused', (prop, propsOf) => {
    expectRefused(
      { selectorLabels: { app: 'web' }, ...propsOf({ app: 'shop' }) },
      `${prop}.app = "shop": the selector asks for "web", so it would not find the pods. Remove the label, or write selectorLabels: { 'app': 'shop' } if the Deployment is new.`,
    );
    expectAccepted({ selectorLabels: { app: 'shop' }, ...propsOf({ app: 'shop' }) });
  });

  test('are not contradicted by a label with the name of a method', () => {
    expectAccepted({ labels: Object.fromEntries([['toString', 'web']]) });
  });

  test('of the name are contradicted too', () => {
    expectRefused(
      { labels: { 'app.kubernetes.io/instance': 'web-2' } },
      `labels['app.kubernetes.io/instance'] = "web-2": the selector asks for "web", so it would not find the pods. Remove the label, or write selectorLabels: { 'app.kubernetes.io/instance': 'web-2' } if the Deployment is new.`,
    );
  });
});

describe.each([SELECTOR_LABELS, LABELS, POD_LABELS])('a key of %s', (prop, propsOf) => {
  test.each([
    '',
    'a b',
    '-a',
    'a-',
    '/a',
    'a/',
    'Example.com/a',
    'example..com/a',
    'a/b/c',
    'x'.repeat(64),
    `${'x'.repeat(254)}/a`,
  ])('"%s" is refused', (key) => {
    expectRefused(
      propsOf({ [key]: 'x' }),
      `${prop} key = "${key}": Kubernetes does not take it as the key of a label. Write at most 63 letters, digits, '-', '_' and '.', after an optional DNS prefix and '/', for example 'example.com/team'.`,
    );
  });

  test.each(['a', 'A_b.c-1', 'example.com/team', 'x'.repeat(63), `${'x'.repeat(253)}/a`])(
    '%s is taken',
    (key) => {
      expect(render(propsOf({ [key]: 'x' })).deployment.spec.template.metadata.labels).toMatchObject({
        [key]: 'x',
      });
    },
  );
});

describe.each([SELECTOR_LABELS, LABELS, POD_LABELS])('a value of %s', (prop, propsOf) => {
  test.each([' ', 'a b', '-a', 'a-', 'a/b', 'é', 'x'.repeat(64)])('"%s" is refused', (value) => {
    expectRefused(
      propsOf({ team: value }),
      `${prop}.team = "${value}": Kubernetes does not take it as the value of a label. Write at most 63 letters, digits, '-', '_' and '.', with a letter or digit at both ends.`,
    );
  });

  test.each(['', 'a', 'A_b.c-1', 'x'.repeat(63)])('"%s" is taken', (value) => {
    const { deployment } = render({
      selectorLabels: { app: 'web' },
      ...propsOf({ app: 'web', team: value }),
    });
    expect(deployment.spec.template.metadata.labels.team).toBe(value);
  });
});
