import { createHmac } from 'node:crypto';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  day2SourcesExtensionPoint,
  type Source,
} from '@day2/backstage-plugin-day2-node';
import { collect } from '@day2/backstage-plugin-day2-node/testUtils';
import { day2ModulePagerduty } from './module';

async function sourcesOf(accounts: object[]): Promise<Source[]> {
  const sources: Source[] = [];
  const backend = await startTestBackend({
    extensionPoints: [
      [
        day2SourcesExtensionPoint,
        { addSource: source => sources.push(source) },
      ],
    ],
    features: [
      day2ModulePagerduty,
      mockServices.rootConfig.factory({
        data: { day2: { pagerduty: { accounts: accounts as never } } },
      }),
    ],
  });
  await backend.stop();
  return sources;
}

describe('the module', () => {
  it('adds a source for each account; a broken one says why and hides no other', async () => {
    const sources = await sourcesOf([
      { name: 'broken', token: 'secret token' },
      { name: 'main', token: 'secret-token' },
    ]);
    expect(sources.map(({ id }) => id)).toEqual([
      'pagerduty:broken',
      'pagerduty:main',
    ]);
    expect((await collect(sources[0])).error).toMatchObject({
      code: 'misconfigured',
      message: expect.stringContaining('accounts[0].token'),
    });
    expect(sources[1]).toMatchObject({
      title: 'PagerDuty main',
      kinds: ['incident', 'on-call'],
      webhook: undefined,
    });
    expect(JSON.stringify(sources)).not.toContain('secret');
  });

  it('takes webhooks that one of its secrets signed', async () => {
    const [{ webhook }] = await sourcesOf([
      { name: 'main', token: 't', webhook: { secrets: ['old', 'new'] } },
    ]);
    const body = Buffer.from('{"event":{"event_type":"incident.triggered"}}');
    const sign = (secret: string) =>
      `v1=${createHmac('sha256', secret).update(body).digest('hex')}`;
    const isTaken = (signature?: string) =>
      webhook?.verify({
        headers: { 'x-pagerduty-signature': signature },
        body,
      });
    expect(webhook?.kind).toBe('hint');
    expect(isTaken(sign('old'))).toBe(true);
    expect(isTaken(`${sign('another')},${sign('new')}`)).toBe(true);
    expect(isTaken(sign('another'))).toBe(false);
    expect(isTaken(sign('old').replace('v1=', 'v0='))).toBe(false);
    expect(isTaken(undefined)).toBe(false);
  });
});
