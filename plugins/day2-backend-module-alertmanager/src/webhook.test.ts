import { createSource } from './__testUtils__/createSource';
import { rawAlert } from './__testUtils__/FakeAlertmanager';

describe('what is delivered', () => {
  const source = createSource({ url: 'http://x', webhook: { token: 't' } });
  const read = (body: unknown) =>
    source.webhook!.read!({
      headers: {},
      body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
    });

  it('is not taken without a secret', () => {
    expect(createSource({ url: 'http://x' }).webhook).toBeUndefined();
    const verify = (authorization?: string) =>
      source.webhook!.verify({
        headers: { authorization },
        body: Buffer.from(''),
      });
    expect([verify('Bearer t'), verify('Bearer u'), verify()]).toEqual([
      true,
      false,
      false,
    ]);
    const { webhook } = createSource({
      url: 'http://x',
      webhook: { username: 'am', password: 'new', formerPassword: 'old' },
    });
    for (const [words, is] of [
      ['am:new', true],
      ['am:old', true],
      ['am:other', false],
    ] as const) {
      const authorization = `Basic ${Buffer.from(words).toString('base64')}`;
      expect(
        webhook!.verify({ headers: { authorization }, body: Buffer.from('') }),
      ).toBe(is);
    }
  });

  it.each([
    ['no JSON'],
    ['[]'],
    ['null'],
    [{ version: '3', alerts: [] }],
    [{ version: '4' }],
  ])('is refused where it is %j', body => {
    expect(() => read(body)).toThrow('it is no webhook of Alertmanager');
  });

  it('one alert that cannot be read does not hide the others', () => {
    const fine = { ...rawAlert(0), status: 'firing' };
    const { observations, rejected } = read({
      version: '4',
      groupKey: 'a group',
      truncatedAlerts: 3,
      alerts: [
        fine,
        { ...fine, status: 'on fire' },
        { ...fine, startsAt: '0001-01-01T00:00:00Z' },
        { ...fine, status: 'resolved', endsAt: '0001-01-01T00:00:00Z' },
        7,
      ],
    });
    expect(observations).toHaveLength(1);
    expect(rejected?.map(({ reason }) => reason)).toEqual([
      expect.stringMatching(/^status: /),
      'startsAt: is missing',
      'endsAt: is missing, though it has ended',
      expect.stringMatching(/^alert: /),
      expect.stringContaining('left 3 alerts of this group out'),
    ]);
  });
});
