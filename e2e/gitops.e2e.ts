import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import {
  ErrorCollector,
  expectLines,
  launchBrowser,
  PortalApi,
  screenshot,
  serveGit,
  serviceParams,
  signIn,
  startWorld,
  until,
} from './support';
import type { ServedGit, World } from './support';
import { addGitops } from './suites/addGitops';
import { everything } from './suites/everything';
import { makeGitopsRepository } from './suites/makeGitopsRepository';

const history = [
  ['hello', 'staging', 'v1.0.0', '2026-03-02T09:00:00Z'],
  ['hello', 'production', 'v1.0.0', '2026-03-03T09:00:00Z'],
  ['goodbye', 'production', 'v7.1.0', '2026-03-04T09:00:00Z'],
  ['hello', 'staging', 'v1.1.0', '2026-03-05T09:00:00Z'],
  ['hello', 'production', 'v1.1.0', '2026-03-06T09:00:00Z'],
  ['hello', 'production', 'v1.0.0', '2026-03-06T10:00:00Z'],
].map(([application, environment, version, at]) => ({
  application,
  environment,
  version,
  at,
}));

// What `npm start -- --no-sandbox --gitops <url>` runs, with the built app.
describe('the portal alone, with a foreign GitOps repository', () => {
  let directory: string;
  let served: ServedGit;
  let world: World;
  let browser: Browser;

  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'day2-gitops-'));
    await makeGitopsRepository({ directory, name: 'elsewhere', history });
    served = await serveGit({ directory });
    world = await startWorld({
      sandbox: false,
      prepare: stateDir =>
        addGitops({ urls: [`${served.url}/elsewhere.git`], stateDir }),
    });
    browser = await launchBrowser();
  });

  after(async () => {
    await browser?.close();
    await world?.stop();
    await served?.stop();
    await rm(directory, { recursive: true, force: true });
  });

  test('has a component for each application found, owned by nobody known', async () => {
    const api = await PortalApi.as({ url: world.portal.url, person: 'ana' });
    const services = await until({
      what: 'both applications to be services',
      // Asked for by name, one that is not known yet is fetched from the catalog.
      ask: () =>
        Promise.all(
          ['hello', 'goodbye'].map(name =>
            api.call('getServiceSummary', { params: serviceParams(name) }),
          ),
        ),
      accept: () => true,
      ms: 90_000,
    });
    for (const { service } of services) {
      assert.match(service.owner ?? 'unknown', /unknown/);
      assert.ok(!service.sandbox, `${service.ref} is no data of the sandbox`);
    }
  });

  test('shows what was deployed there, rollback and all', async () => {
    const api = await PortalApi.as({ url: world.portal.url, person: 'ana' });
    const wanted = ['v1.0.0', 'v1.1.0', 'v1.0.0 rollback'];
    const read = await until({
      what: 'the deployments of hello to production',
      ask: () =>
        api.all('listServiceDeployments', {
          params: serviceParams('hello'),
          query: { ...everything, environment: 'production' },
        }),
      accept: deployments => deployments.length >= wanted.length,
      ms: 90_000,
    });
    expectLines({
      of: 'Deployments of hello to production',
      shown: read
        .map(({ version, rollback }) =>
          rollback ? `${version} rollback` : version,
        )
        .reverse(),
      truth: wanted,
    });
  });

  test('shows it to Ana on its page, with no error', async t => {
    const page = await browser.newPage({ locale: 'en-US', timezoneId: 'UTC' });
    const errors = ErrorCollector.attach(page);
    t.after(() => screenshot(page, 'gitops').then(() => page.close()));
    await signIn(page, { url: world.portal.url, as: 'Ana' });
    await page.goto(
      `${world.portal.url}/catalog/default/component/hello/day2?range=custom&from=2026-03-01T00:00:00Z&to=2026-04-01T00:00:00Z`,
    );
    await page
      .getByRole('button', { name: 'Rolled back to v1.0.0' })
      .first()
      .waitFor();
    assert.equal(await page.getByText('Sandbox data').count(), 0);
    errors.check();
  });

  test('says of the sandbox’s sources that nothing answers', async () => {
    const api = await PortalApi.as({ url: world.portal.url, person: 'dana' });
    const { items } = await until({
      what: 'the sources of the sandbox to have been tried',
      ask: () => api.call('listSources', {}),
      accept: answer =>
        answer.items
          .filter(({ id }) => id.startsWith('git:tern-'))
          .every(({ error }) => error !== undefined),
      ms: 60_000,
    });
    const tern = items.filter(({ id }) => id.startsWith('git:tern-'));
    assert.equal(tern.length, 3);
    for (const { id, state, error } of tern) {
      assert.equal(
        `${id} ${state} ${error?.code}`,
        `${id} failing unreachable`,
      );
      assert.match(error?.text ?? '', /cannot be reached/);
    }
    const elsewhere = items.find(({ id }) => id === 'git:elsewhere');
    assert.equal(elsewhere?.error, undefined);
  });
});
