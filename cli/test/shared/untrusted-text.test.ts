import { DOMParser } from '@xmldom/xmldom';
import { marked } from 'marked';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { plansToSvg } from '../../src/check/output/plan-svg.js';
import { plansToText } from '../../src/check/output/plan-text.js';
import { noteLine } from '../../src/check/output/text.js';
import { planAll } from '../../src/check/plan/options.js';
import {
  check,
  checkToJson,
  checkToJunit,
  checkToSarif,
  checkToText,
  parseManifests,
  toJson,
  toSvg,
  toText,
  type ProbeResult,
} from '../../src/index.js';
import {
  jsonPieces,
  printable,
  shorten,
  toJsonText,
  toSarifText,
  toXmlText,
} from '../../src/shared/untrusted-text.js';
import { ruleManifest } from '../check/lab.js';
import { fc } from '../random.js';

/** What nobody sees, and what turns the direction of text. */
const unseen =
  /(?![\uFE0E\uFE0F])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\p{Default_Ignorable_Code_Point}]/u;

const hostile = [
  '\u001b[2J',
  '\u009b',
  '\0',
  '\u007f',
  '\u202e',
  '\u2066',
  '\u200f',
  '\u061c',
  '\u200b',
  '\u00ad',
  '\u2028',
  '\ufeff',
  '\ufff9',
  '\ufffe',
  '\uffff',
  '\u{1fffe}',
  '\u{e0041}',
  '\ud800',
  '\udc00',
  '\r\n',
  '\t',
  '😀',
  '\\',
  '`',
  '[',
  ']',
  '(',
  '](https://example.com)',
  '[c](https://example.com)',
  '![c](//example.com)',
  '\\[c\\](1)',
  '<https://example.com>',
  '<a href="//example.com">',
  'https://example.com',
  'www.example.com',
  'a@example.com',
  '{0}',
  '::add-mask::a',
  '##vso[task.setvariable]',
  ']]>',
  '&amp;',
  '"',
  "'",
  '-->',
];
const outside = fc
  .array(fc.oneof(fc.constantFrom(...hostile), fc.string({ unit: 'binary', maxLength: 5 })), { maxLength: 6 })
  .map((parts) => parts.join(''));

function expectXml(xml: string): void {
  const faults: string[] = [];
  new DOMParser({ onError: (_level, message) => faults.push(message) }).parseFromString(xml, 'text/xml');
  const strict = new SaxesParser();
  strict.on('error', ({ message }) => faults.push(message));
  strict.write(xml).close();
  expect(faults).toEqual([]);
}

/** As viewers of SARIF do it: most know Markdown, and that of Visual Studio Code looks for this. */
function expectNoLink(text: string): void {
  expect(marked.parse(text, { async: false })).not.toMatch(/<(?:a|img)\b/);
  expect(text).not.toMatch(/\[[^\]]*\]\([^)]+\)/);
  expect(text).not.toMatch(/(?<!\{)\{\d+\}(?!\})/);
}

const expectSeen = (text: string) => expect(text.replaceAll('\n', '')).not.toMatch(unseen);

/** A text in quotes in which YAML takes every character. */
const quoted = (text: string) =>
  JSON.stringify(text).replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** A Deployment that breaks rules, with a name, an image and the reason of an ignore that somebody else wrote. */
function manifest(name: string, image: string, reason: string): string {
  const annotation = quoted(`one-replica: because ${reason}\nrecreate: unused`);
  return ruleManifest('state/mutable-image-tag.fail')
    .replace(/image: .*/, `image: ${quoted(`${image}:latest`)}`)
    .replace(/replicas: .*/, 'replicas: 1')
    .replace(
      'name: web\n',
      `name: ${quoted(`a${name}`)}\n  annotations: {zero-downtime/ignore: ${annotation}}\n`,
    );
}

describe('outputs of check', () => {
  it('are well-formed, hide nothing and link nowhere, whatever names, images, reasons and files are', () => {
    fc.assert(
      fc.property(outside, outside, outside, outside, (name, image, reason, file) => {
        const manifests = parseManifests(file, manifest(name, image, reason));
        const result = check(manifests);
        expect(result.ignored.length + result.problems.length).toBeGreaterThan(0);
        const plans = planAll(manifests.objects, { startups: [], podStartMs: 1000 });

        const json = checkToJson(result, plans);
        expectSeen(json);
        const { findings } = JSON.parse(json) as { findings: unknown };
        expect(findings).toEqual(JSON.parse(JSON.stringify(result.findings)));

        const sarif = checkToSarif(result);
        expectSeen(sarif);
        const [run] = (JSON.parse(sarif) as { runs: Run[] }).runs;
        const [{ toolExecutionNotifications, toolConfigurationNotifications }] = run.invocations;
        for (const { message, suppressions = [] } of [
          ...run.results,
          ...toolExecutionNotifications,
          ...toolConfigurationNotifications,
        ]) {
          expectSeen(message.text);
          expectNoLink(message.text);
          for (const { justification } of suppressions) {
            expectNoLink(justification);
          }
        }

        for (const xml of [checkToJunit(result, manifests.objects), plansToSvg(plans)]) {
          expectXml(xml);
          expectSeen(xml);
        }
        const notes = [...result.problems, ...result.unusedIgnores].map((one) => noteLine(' info', one));
        for (const text of [checkToText(result), plansToText(plans), ...notes]) {
          expectSeen(text);
          expect(text).not.toMatch(/^\s*::|##\w*\[/m);
        }
      }),
    );
  });

  it('do not grow with a name of 1 MB', () => {
    const name = 'x'.repeat(1_000_000);
    const manifests = parseManifests('web.yaml', manifest(name, name, name));
    const result = check(manifests);
    const plans = planAll(manifests.objects, { startups: [], podStartMs: 1000 });
    const texts = [
      checkToText(result),
      checkToJunit(result, manifests.objects),
      plansToText(plans),
      plansToSvg(plans),
    ];
    for (const text of texts) {
      expect(text.length).toBeLessThan(30_000);
    }
    const [run] = (JSON.parse(checkToSarif(result)) as { runs: Run[] }).runs;
    for (const { message } of run.results) {
      expect(message.text.length).toBeLessThan(2000);
    }
    const short = `a${'x'.repeat(251)}…`;
    const { findings } = JSON.parse(checkToJson(result)) as { findings: { object: { name: string } }[] };
    expect(new Set(findings.map(({ object }) => object.name))).toEqual(new Set([short]));
  });
});

interface Run {
  readonly invocations: readonly [
    { readonly toolExecutionNotifications: Message[]; readonly toolConfigurationNotifications: Message[] },
  ];
  readonly results: readonly Message[];
}
interface Message {
  readonly message: { readonly text: string };
  readonly suppressions?: readonly { readonly justification: string }[];
}

describe('outputs of probe', () => {
  it('are well-formed and hide nothing, whatever versions, marks, failures and commands are', () => {
    fc.assert(
      fc.property(outside, outside, outside, outside, (version, label, detail, argument) => {
        const result = probeResult(version, label, detail, argument);
        const json = toJson(result);
        expectSeen(json);
        expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(result)));
        expectXml(toSvg(result));
        expectSeen(toSvg(result));
        expectSeen(toText(result));
      }),
    );
  });
});

function probeResult(version: string, label: string, detail: string, argument: string): ProbeResult {
  const latencyMs = { p50: 1, p90: 2, p99: 3, max: 4 };
  return {
    schemaVersion: 2,
    verdict: 'not-measured',
    reasons: [detail],
    url: 'http://myapp.example.com/',
    method: 'GET',
    http2: false,
    address: '192.0.2.1',
    localAddresses: 0,
    startedAt: '2026-01-02T03:04:05.678Z',
    durationMs: 2000,
    sent: 2,
    ok: 1,
    failed: 1,
    unanswered: 0,
    skipped: 0,
    streams: [
      {
        name: 'new',
        sent: 2,
        ok: 1,
        failed: 1,
        unanswered: 0,
        connections: 2,
        failures: { other: Object.fromEntries([[detail, 1]]) },
        latencyMs,
      },
    ],
    versions: [{ version, ok: 1, failed: 1, firstMs: 1, lastMs: 1999 }],
    windows: [],
    slipMs: latencyMs,
    marks: [{ atMs: 250, label }],
    failures: [],
    timeline: [{ atMs: 0, ok: 1, failed: { other: 1 }, streams: {}, versions: {} }],
    change: { program: argument, arguments: 1, startedMs: 1, endedMs: 2, exitCode: 0, rollouts: [argument] },
  };
}

describe('text from outside', () => {
  it('is shortened between letters', () => {
    expect(shorten('a😀b', 3)).toBe('a…');
    expect(shorten('abc', 3)).toBe('abc');
  });

  it('is the same in JSON, written as escapes', () => {
    expect(toJsonText({ a: 'b\u202e\u{e0041}\ud800☸️' })).toBe(
      '{\n  "a": "b\\u202e\\udb40\\udc41\\ud800☸️"\n}\n',
    );
  });

  it('is the same JSON in pieces', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.dictionary(fc.string(), fc.jsonValue()), fc.array(fc.jsonValue())),
        fc.nat(4),
        (value, levels) => {
          expect([...jsonPieces(value, levels)].join('')).toBe(toJsonText(value));
        },
      ),
    );
    expect([...jsonPieces({ a: new Set([1, {}]), b: undefined, c: [] }, 2)].join('')).toBe(
      toJsonText({ a: [1, {}], c: [] }),
    );
  });

  it('is no command of a build server in a log', () => {
    expect(printable('::add-mask::a')).toBe(':\\:add-mask::a');
    expect(printable('a ##vso[task.setvariable variable=A]b')).toBe(
      'a #\\#vso[task.setvariable variable=A]b',
    );
    expect(printable('std::vector # a ## b')).toBe('std::vector # a ## b');
  });

  it('has backslashes in a message of SARIF only before what would be a link', () => {
    expect(toSarifText('w[c](https://example.com/a)')).toBe('w\\[c\\]\\(https\\://example.com/a)');
    expect(toSarifText('container main (of a_b*c) runs ghcr.io/app@sha256:1')).toBe(
      'container main (of a_b*c) runs ghcr.io/app@sha256:1',
    );
  });

  it('is escaped in XML, with a space for what XML cannot hold', () => {
    expect(toXmlText(`<a b="&'">\u{fffe}\u{1b}`)).toBe('&lt;a b=&quot;&amp;&#39;&quot;&gt;  ');
  });
});
