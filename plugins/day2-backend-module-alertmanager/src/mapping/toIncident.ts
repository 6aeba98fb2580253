import { createHash } from 'node:crypto';
import type {
  IncidentObservation,
  ObservedSubject,
} from '@day2/backstage-plugin-day2-node';
import type { InstanceConfig } from '../config';
import { environmentOf } from '../environmentRules';
import type { DeliveredAlert, ListedAlert } from '../schema';
import { impactStart } from './impactStart';
import { safeUrl, word } from './words';

/** What an alert says, before it is known at which version. */
export type AlertFacts = Omit<IncidentObservation, 'version'>;

const MAX_LABELS = 100;
const MAX_VALUE = 500;
const MAX_TEXT = 1_000;
/** They name one of several that run the same, which come and go. */
const LABELS_OF_COPIES = [
  'pod',
  'pod_name',
  'pod_uid',
  'uid',
  'replica',
  'prometheus_replica',
];

/**
 * An alert as an observation. It is named by its labels (their fingerprint) and
 * when it began: an alert that fires anew is another.
 *
 * @returns undefined where it does not say when it began
 */
export function toIncident(
  alert: DeliveredAlert | ListedAlert,
  config: Pick<InstanceConfig, 'labels' | 'environments'>,
): AlertFacts | undefined {
  const { startsAt, annotations } = alert;
  if (startsAt === undefined) {
    return undefined;
  }
  const labels = labelsOf(alert.labels);
  const name = word(alert.labels.alertname, MAX_VALUE) ?? 'alert';
  const severity = word(alert.labels.severity, 100);
  const environment = environmentOf(alert.labels, config.environments);
  const impactStartedAt = impactStart(annotations, startsAt);
  return compact<AlertFacts>({
    kind: 'incident',
    key: keyOf({ fingerprint: alert.fingerprint, startsAt }),
    subject: subjectOf({ labels, name, serviceLabels: config.labels }),
    tool: 'alertmanager',
    nature: 'alert',
    environment: word(environment, 100),
    title:
      word(annotations.summary ?? annotations.title, MAX_TEXT) ??
      titleOf(name, labels),
    description: word(annotations.description ?? annotations.message, MAX_TEXT),
    url: safeUrl(alert.generatorURL),
    words: severity ? [{ field: 'severity', word: severity }] : [],
    impactStartedAt,
    detectedAt: startsAt,
    runbook: safeUrl(annotations.runbook_url ?? annotations.runbook),
  });
}

/** The same by a webhook, which has more digits, and by the API. */
export function keyOf(alert: {
  fingerprint: string;
  startsAt: number;
}): string {
  return `${alert.fingerprint}:${alert.startsAt}`;
}

/** Of the alert that has this key. */
export function fingerprintOf(key: string): string {
  return key.slice(0, key.indexOf(':'));
}

function labelsOf(labels: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(labels)
      .filter(([label]) => !LABELS_OF_COPIES.includes(label))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .slice(0, MAX_LABELS)
      .map(([label, value]) => [
        word(label, 200) ?? '',
        word(value, MAX_VALUE) ?? '',
      ]),
  );
}

/** Alerts of the same labels are about the same, whichever of its copies fires. */
function subjectOf(options: {
  labels: Record<string, string>;
  name: string;
  serviceLabels: string[];
}): ObservedSubject {
  const { name, serviceLabels } = options;
  const named = serviceLabels.find(
    label => Object.hasOwn(options.labels, label) && options.labels[label],
  );
  const labels = named
    ? { ...options.labels, service: options.labels[named] }
    : options.labels;
  const hash = createHash('sha256')
    .update(JSON.stringify(Object.entries(labels).sort()))
    .digest('hex')
    .slice(0, 16);
  return {
    key: `${name.slice(0, 200)}#${hash}`,
    kind: 'alerts',
    traits: { alert: name, labels },
  };
}

function titleOf(name: string, labels: Record<string, string>): string {
  const others = Object.entries(labels)
    .filter(([label]) => label !== 'alertname' && label !== 'severity')
    .map(([label, value]) => `${label}=${value}`);
  return `${name}${others.length > 0 ? ` (${others.join(', ')})` : ''}`.slice(
    0,
    MAX_TEXT,
  );
}

function compact<T extends object>(value: T): T {
  return Object.fromEntries(
    Object.entries(value).filter(([, each]) => each !== undefined),
  ) as T;
}
