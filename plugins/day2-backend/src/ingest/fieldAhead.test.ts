import { fieldAhead } from './fieldAhead';

const now = 1_750_000_000_000;
const soon = now + 10 * 60_000;
const incident = {
  kind: 'incident' as const,
  key: '1',
  version: 1,
  subject: { key: 'a', kind: 'incident-service' as const, traits: {} },
  tool: 'pagerduty',
  nature: 'incident' as const,
  title: 'Down',
  words: [],
  detectedAt: now,
};

it.each([
  ['impactStartedAt', { impactStartedAt: soon + 1 }],
  ['detectedAt', { detectedAt: soon + 1 }],
  ['acknowledgedAt', { acknowledgedAt: soon + 1 }],
  ['mitigatedAt', { mitigatedAt: soon + 1 }],
  ['resolvedAt', { resolvedAt: soon + 1 }],
  [
    'gaps[1].reopenedAt',
    {
      gaps: [
        { resolvedAt: now - 9, reopenedAt: now - 8 },
        { resolvedAt: soon, reopenedAt: soon + 1 },
      ],
    },
  ],
  [
    'gaps[0].resolvedAt',
    { gaps: [{ resolvedAt: soon + 1, reopenedAt: soon + 2 }] },
  ],
  [undefined, { mitigatedAt: soon, resolvedAt: soon }],
])('of an incident: %s', (field, more) => {
  expect(fieldAhead({ ...incident, ...more }, now)).toBe(field);
});
