import { round, text } from '../../drawing/parts.js';
import { styleSheet } from '../../drawing/style.js';
import {
  LABEL_HEIGHT,
  labelLength,
  LABEL_ROWS,
  LEFT,
  legend,
  markLine,
  markText,
  picture,
  PLOT_WIDTH,
  RIGHT,
  timeAxis,
  WIDTH,
  type Label,
  type Scale,
} from '../../drawing/timeline.js';
import { plural, seconds } from '../../shared/format.js';
import { shorten } from '../../shared/untrusted-text.js';
import { fewTitles } from '../model/values/few.js';
import { largest } from '../model/values/largest.js';
import type { Plan, PlannedRollout } from '../plan/plan.js';
import { title } from '../read/object.js';

const COUNTS_HEIGHT = 72;

/** The states of a pod that are drawn, in the order of the legend. */
const STATES = ['old', 'starting', 'ready', 'terminating'];

const STYLE = `${styleSheet(
  {
    '.old': ['#b6d7ff', '#1f4b80'],
    '.starting': ['#ffd8a8', '#7a4a10'],
    '.ready': ['#a8d8bd', '#2b6148'],
    '.terminating': ['#d0d7de', '#484f58'],
  },
  { '.all': ['#59636e', '#9198a1'], '.pod': ['#ffffff', '#0d1117'] },
)}
.all { fill: none; }`;

/** The plans as one picture, one below the other: the pods over time, how many are ready, and the waves. */
export function plansToSvg(plans: readonly Plan[]): string {
  const parts: string[] = [];
  let top = 0;
  for (const plan of plans) {
    const drawn = plan.rollout === undefined ? drawNone(plan, top) : drawRollout(plan, plan.rollout, top);
    for (const part of drawn.parts) {
      parts.push(part);
    }
    top = drawn.bottom;
  }
  const height = Math.max(top, 60);
  const names = fewTitles(plans).join(', ') || 'No Deployment';
  return picture(`${names}: the next rollout`, STYLE, parts, height);
}

interface Drawn {
  readonly parts: readonly string[];
  readonly bottom: number;
}

function nameOf({ object }: Plan): string {
  return title(object);
}

function drawNone(plan: Plan, top: number): Drawn {
  const parts = [
    text(LEFT, top + 30, shorten(nameOf(plan), 80), 'headline'),
    text(LEFT, top + 50, plan.cannot ?? '', 'faint'),
  ];
  return { parts, bottom: top + 74 };
}

function drawRollout(plan: Plan, rollout: PlannedRollout, top: number): Drawn {
  const endMs = Math.max(rollout.complete.expectedMs, rollout.gone.expectedMs) * 1.02;
  const x: Scale = (ms) => LEFT + (PLOT_WIDTH * ms) / endMs;
  const labels = placeLabels(rollout, x);
  const podsTop = top + 92 + LABEL_HEIGHT * (1 + largest(labels.map(({ row }) => row)));
  const rowHeight = Math.min(16, Math.max(120, plan.pods * 11) / plan.pods / 2, 260 / plan.pods / 2);
  const countsTop = podsTop + rowHeight * plan.pods * 2 + 24;
  const bottom = countsTop + COUNTS_HEIGHT;
  const parts = [
    ...header(plan, rollout, top),
    ...drawPods(plan, rollout, podsTop, rowHeight, x),
    ...drawCounts(plan, rollout, countsTop, endMs, x),
    ...timeAxis('seconds from the change', endMs, bottom, x),
    ...labels.map((label) => markLine(label, podsTop, bottom)),
    ...labels.map((label) => markText(label, podsTop)),
  ];
  return { parts, bottom: bottom + 56 };
}

function header(plan: Plan, rollout: PlannedRollout, top: number): string[] {
  const { waves, complete, mostWithTerminating } = rollout;
  const { least, most } = mostWithTerminating;
  const facts = [
    `complete after ${seconds(complete.expectedMs)}, at most ${seconds(complete.mostMs)}`,
    `at least ${rollout.leastReady} ready`,
    `at most ${rollout.mostPods} at once, ${least === most ? least : `${least} to ${most}`} with those that terminate`,
  ];
  const headline = `${shorten(nameOf(plan), 50)}: ${plural(plan.pods, 'pod')} in ${plural(waves.length, 'wave')}`;
  return [
    text(LEFT, top + 30, headline, 'headline'),
    text(LEFT, top + 50, facts.join('; '), 'faint'),
    ...legend(STATES, top + 64),
  ];
}

/** A line for each pod, old ones above, new ones below. Pods that change state together are drawn as one box. */
function drawPods(
  { pods }: Plan,
  { cohorts }: PlannedRollout,
  top: number,
  rowHeight: number,
  x: Scale,
): string[] {
  const gap = rowHeight > 6 ? 1 : 0;
  let next = { old: top, new: top + pods * rowHeight };
  const end = LEFT + PLOT_WIDTH;
  const boxes = cohorts.flatMap((cohort) => {
    const y = next[cohort.version];
    next = { ...next, [cohort.version]: y + cohort.pods * rowHeight };
    const box = (state: string, from: number, to: number) => {
      if (to <= from) {
        return '';
      }
      return `<rect class="${state}" x="${round(from)}" y="${round(y)}" width="${round(to - from)}" height="${round(cohort.pods * rowHeight - gap)}"/>`;
    };
    if (cohort.version === 'old') {
      return [
        box('old', LEFT, x(cohort.deletedMs)),
        box('terminating', x(cohort.deletedMs), x(cohort.goneMs)),
      ];
    }
    return [box('starting', x(cohort.createdMs), x(cohort.readyMs)), box('ready', x(cohort.readyMs), end)];
  });
  const lines =
    gap === 0
      ? []
      : Array.from({ length: pods * 2 - 1 }, (_, i) => {
          const y = round(top + (i + 1) * rowHeight - 0.5);
          return `<path class="pod" d="M${LEFT} ${y}h${PLOT_WIDTH}"/>`;
        });
  const middle = (pods * rowHeight) / 2;
  return [
    ...boxes.filter((box) => box !== ''),
    ...lines,
    text(LEFT - 8, top + middle + 4, 'old', 'end'),
    text(LEFT - 8, top + pods * rowHeight + middle + 4, 'new', 'end'),
  ];
}

/** How many pods are ready, and how many there are with those that start and terminate. */
function drawCounts({ pods }: Plan, rollout: PlannedRollout, top: number, endMs: number, x: Scale): string[] {
  const { timeline } = rollout;
  const max = rollout.mostWithTerminating.least;
  const y = (count: number) => round(top + COUNTS_HEIGHT * (1 - count / max));
  const steps = (count: (at: (typeof timeline)[number]) => number) =>
    timeline.map((now) => `H${round(x(now.atMs))}V${y(count(now))}`).join('');
  const ready = steps((now) => now.old + now.ready);
  const all = steps((now) => now.old + now.starting + now.ready + now.terminating);
  const end = round(x(endMs));
  const near = (one: number, other: number) => Math.abs(y(one) - y(other)) < 14;
  const ticks = [0, pods, max].filter(
    (tick, i, every) => !every.slice(0, i).some((other) => near(tick, other)),
  );
  return [
    `<path class="ready" d="M${LEFT} ${y(0)}V${y(pods)}${ready}H${end}V${y(0)}z"/>`,
    ...ticks.map(
      (tick) =>
        `<path class="grid" d="M${LEFT} ${y(tick)}h${PLOT_WIDTH}"/>${text(LEFT - 8, y(tick) + 4, String(tick), 'end')}`,
    ),
    `<path class="all" d="M${LEFT} ${y(pods)}${all}H${end}"/>`,
    text(LEFT + 5, top - 7, 'ready pods, and all (line)', 'halo faint'),
  ];
}

/**
 * Gives the end, and then each wave, the first row in which its label touches no other; a wave for which there is no room has
 * no label.
 */
function placeLabels({ waves, complete }: PlannedRollout, x: Scale): Label[] {
  const taken: { row: number; from: number; to: number }[] = [];
  const marks = [
    { atMs: complete.expectedMs, name: 'complete' },
    ...waves.map(({ atMs, pods }, i) => ({ atMs, name: `wave ${i + 1}: ${plural(pods, 'pod')}` })),
  ];
  return marks.flatMap(({ atMs, name }) => {
    const label = `${name}, ${seconds(atMs)}`;
    const long = labelLength(label);
    const before = x(atMs) + long > WIDTH - RIGHT;
    const from = before ? x(atMs) - long : x(atMs);
    const row = Array.from({ length: LABEL_ROWS }, (_, i) => i).find(
      (i) => !taken.some((other) => other.row === i && from < other.to && other.from < from + long),
    );
    if (row === undefined) {
      return [];
    }
    taken.push({ row, from, to: from + long });
    return [{ x: x(atMs), row, label, before }];
  });
}
