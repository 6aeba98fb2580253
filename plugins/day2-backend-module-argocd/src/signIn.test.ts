import { collect } from '@day2/backstage-plugin-day2-node/testUtils';
import { createApplication } from './__testUtils__/applications';
import { createSource } from './__testUtils__/createSource';
import { FakeArgocd } from './__testUtils__/FakeArgocd';

let fake: FakeArgocd;

beforeEach(async () => {
  fake = await FakeArgocd.start();
});

afterEach(async () => {
  await fake.close();
});

describe('signing in with a password', () => {
  const account = { username: 'day2', password: 'right' };
  const signIns = () =>
    fake.requests.filter(request => request.includes('/session'));
  const create = (more = {}) =>
    createSource({ url: fake.url, ...account, ...more });

  beforeEach(() => {
    fake.tokens.add('nobody');
    fake.users.set('day2', 'right');
    for (let n = 0; n < 5; n += 1) {
      fake.apps.push(createApplication({ name: `app-${n}` }));
    }
  });

  it('makes one session for all, and a new one when it is refused', async () => {
    const source = create();
    const first = await collect(source);
    expect(first.error).toBeUndefined();
    expect(signIns()).toHaveLength(1);
    // As after a restart of Argo CD with another key.
    fake.tokens.clear();
    fake.tokens.add('nobody');
    const next = await collect(source, { reread: true });
    expect(next.error).toBeUndefined();
    expect(signIns()).toHaveLength(2);
  });

  it('renews a session before it ends', async () => {
    fake.sessionSeconds = 30;
    const source = create();
    await collect(source);
    const before = signIns().length;
    await collect(source);
    expect(signIns().length).toBeGreaterThan(before);
  });

  it('says what is wrong with the password, without it', async () => {
    const { error, log } = await collect(create({ password: 'wrong-one' }));
    expect(error).toMatchObject({
      code: 'credential-refused',
      fix: expect.stringContaining('username and password'),
    });
    expect(`${String(error)} ${log}`).not.toContain('wrong-one');
  });
});

it('says how to mend a refused token', async () => {
  fake.tokens.add('another');
  const { error } = await collect(createSource({ url: fake.url }));
  expect(error).toMatchObject({
    code: 'credential-refused',
    fix: expect.stringContaining('argocd account generate-token'),
  });
});
