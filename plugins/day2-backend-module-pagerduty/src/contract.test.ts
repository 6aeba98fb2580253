import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { toIncident } from './mapping/toIncident';
import { toOnCalls } from './mapping/toOnCalls';
import { Incident, LogEntry, OnCall, Service, User } from './schema';

const data = resolve(__dirname, '../../../../shared/data/pagerduty');
const hasData = existsSync(data);

function read(file: string) {
  return JSON.parse(readFileSync(join(data, file), 'utf8'));
}

const personOf = ({ id, summary }: { id: string; summary?: string }) => ({
  namespace: 'pagerduty',
  key: id,
  name: summary,
});

(hasData ? describe : describe.skip)(
  'real payloads, where they are beside the repository',
  () => {
    it('incidents are read with their words, persons and log', () => {
      const raw = read('incident-a.json');
      const observation = toIncident(
        {
          incident: Incident.parse(raw),
          entries: [LogEntry.parse(raw.first_trigger_log_entry)],
        },
        {
          config: { name: 'main', fields: {}, environments: [] },
          directory: { personOf },
        },
      );
      expect(observation).toEqual({
        kind: 'incident',
        key: 'Q1QGYB805SG874',
        version: Date.parse('2025-11-17T14:17:49Z'),
        subject: {
          key: 'P00BUSE',
          kind: 'incident-service',
          traits: {
            instance: 'main',
            toolService: {
              tool: 'pagerduty',
              id: 'P00BUSE',
              name: 'API Gateway MTBF Test',
            },
          },
        },
        tool: 'pagerduty',
        nature: 'incident',
        title: 'Test incident',
        url: raw.html_url,
        words: [
          { field: 'priority', word: 'P2' },
          { field: 'urgency', word: 'high' },
        ],
        detectedAt: Date.parse('2025-11-07T08:48:39Z'),
        assignees: [
          { namespace: 'pagerduty', key: 'P4K4DLP', name: 'John Doe' },
        ],
      });
      expect(Incident.parse(read('incident-b.json'))).toMatchObject({
        urgency: 'low',
        status: 'triggered',
      });
    });

    it('a service and who is on call for it are read', () => {
      const raw = read('service-a.json');
      const service = Service.parse(raw);
      const [entry] = raw.__oncall_user;
      expect(User.parse(entry.user)).toMatchObject({ id: 'P4K4DLP' });
      const [onCall] = toOnCalls({
        onCalls: [OnCall.parse(entry)],
        directory: { services: [service], personOf },
        account: 'main',
      });
      expect(onCall).toMatchObject({
        key: 'on-call:P9GEW6E:1:1',
        from: Date.parse('2026-01-05T14:00:00Z'),
        person: { key: 'P4K4DLP' },
        level: 1,
        schedule: 'Port Test Service - Weekly Rotation',
        until: Date.parse('2026-01-12T14:00:00Z'),
        subject: {
          traits: { toolService: { name: 'Create From Port - Test 3' } },
        },
      });
    });
  },
);
