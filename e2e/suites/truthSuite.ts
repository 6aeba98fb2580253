import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Change, Deployment } from '@day2/backstage-plugin-day2-common';
import type { DeploymentTruth } from '@day2/sandbox';
import { expectLines, mapParallel, serviceParams } from '../support';
import {
  codeTruth,
  configurationShown,
  configurationTruth,
  versionTruth,
} from './changeLines';
import { shownLine, truthLine } from './deploymentLines';
import { everything } from './everything';
import type { GetContext } from './TestContext';

const services = [
  'payments-api',
  'ledger',
  'fraud-scoring',
  'storefront-web',
  'search-api',
  'checkout',
  'cart',
  'pricing',
  'shipping-api',
  'warehouse-sync',
  'label-printer',
  'currency-rates',
];
const environments = ['development', 'staging', 'production'];

/** Holds what the API says against what is true of the simulated company. */
export function truthSuite(context: GetContext): void {
  async function changesOf(service: string): Promise<Change[]> {
    const api = await context().api('chen');
    return await api.all('listServiceChanges', {
      params: serviceParams(service),
      query: everything,
    });
  }

  async function findChange(service: string, sha: string): Promise<Change> {
    const change = (await changesOf(service)).find(each => each.sha === sha);
    assert.ok(change, `no change of ${service} is commit ${sha}`);
    return change;
  }

  async function deploymentsOf(
    service: string,
    environment: string,
  ): Promise<Deployment[]> {
    const api = await context().api('chen');
    return await api.all('listServiceDeployments', {
      params: serviceParams(service),
      query: { ...everything, environment },
    });
  }

  function trueDeployments(
    service: string,
    environment: string,
  ): DeploymentTruth[] {
    return context().truth.deployments.filter(
      each => each.service === service && each.environment === environment,
    );
  }

  describe('the truth', () => {
    test('is of these services', () => {
      assert.deepEqual(
        context()
          .truth.services.map(({ name }) => name)
          .sort(),
        [...services].sort(),
      );
    });

    for (const service of services) {
      test(`${service}: its deployments, with what each carried`, async () => {
        const api = await context().api('chen');
        for (const environment of environments) {
          const truth = trueDeployments(service, environment);
          const named = truth.some(({ targets }) => targets[0].name);
          const listed = await deploymentsOf(service, environment);
          const opened = await mapParallel(listed, ({ id }) =>
            api.call('getDeployment', { params: { id } }),
          );
          expectLines({
            of: `Deployments of ${service} to ${environment}`,
            // Newest first on the page; the truth goes with time.
            shown: opened
              .map(({ deployment, commits }) =>
                shownLine(
                  named ? deployment : { ...deployment, targets: [] },
                  commits,
                ),
              )
              .reverse(),
            truth: truth.map(truthLine),
          });
          const uncounted = opened.filter(
            ({ deployment, commits, commitsCut }) =>
              commitsCut ||
              (deployment.previousId !== undefined &&
                !deployment.carried.complete) ||
              deployment.carried.count !== commits.length,
          );
          assert.deepEqual(
            uncounted.map(({ deployment }) => deployment.carried),
            [],
            'deployments that do not know all they carried',
          );
        }
      });

      test(`${service}: which versions run`, async () => {
        const api = await context().api('chen');
        const { header } = await api.call('getServiceSummary', {
          params: serviceParams(service),
          query: everything,
        });
        const live = environments.flatMap(environment =>
          trueDeployments(service, environment)
            .filter(({ rollout }) => rollout === 'succeeded')
            .slice(-1),
        );
        expectLines({
          of: `Running versions of ${service}`,
          shown: header.running
            .map(({ environment, version }) => `${environment} ${version}`)
            .sort(),
          truth: live
            .map(({ environment, version }) => `${environment} ${version}`)
            .sort(),
        });
      });

      test(`${service}: its changes, with every field of configuration`, async () => {
        const { truth } = context();
        const changes = await changesOf(service);
        const shas = (kind: Change['kind']) =>
          changes
            .filter(change => change.kind === kind)
            .map(({ sha }) => String(sha))
            .sort();
        expectLines({
          of: `Changes of configuration of ${service}`,
          shown: configurationShown(changes),
          truth: configurationTruth(truth, service),
        });
        expectLines({
          of: `Changes of the code of ${service}`,
          shown: shas('code'),
          truth: codeTruth(truth, service),
        });
        expectLines({
          of: `Changes of the version of ${service}`,
          shown: shas('version'),
          truth: versionTruth(truth, service),
        });
      });
    }

    test('the bad release failed, because it was rolled back', async () => {
      const { refs } = story('bad-release');
      const deployments = await deploymentsOf('payments-api', 'production');
      const bad = deployments.find(({ version }) => version === refs.version);
      assert.equal(bad?.outcome, 'failed');
      assert.match(
        bad.outcomeReasons.map(({ text }) => text).join('\n'),
        new RegExp(`rolled back.*${refs.restored}`),
      );
      const back = deployments.find(({ previousId }) => previousId === bad.id);
      assert.equal(back?.version, refs.restored);
      assert.equal(back.rollback?.replacesId, bad.id);
      assert.match(
        back.unplannedReasons.map(({ text }) => text).join('\n'),
        new RegExp(`${refs.restored} back in place of ${refs.version}`),
      );
      const change = await findChange('payments-api', refs.commit);
      const revert = await findChange(
        'payments-api',
        String(change.revertedBy),
      );
      assert.equal(revert.reverts, refs.commit);
    });

    for (const [id, environment] of [
      ['hotfix', 'production'],
      ['frozen-friday', 'production'],
    ]) {
      test(`the story ${id}: an urgent change, deployed unplanned`, async () => {
        const { refs, service = '' } = story(id);
        const deployment = (await deploymentsOf(service, environment)).find(
          ({ version }) => version === refs.version,
        );
        assert.equal(deployment?.unplanned, true);
        assert.notEqual(deployment.unplannedReasons.length, 0);
        const change = await findChange(service, refs.commit);
        assert.equal(change.emergency, true);
        assert.notEqual(change.emergencyReasons.length, 0);
        assert.ok(change.issueKeys.includes(refs.issue));
        assert.ok(change.deploymentIds.includes(deployment.id));
      });
    }

    test('the slow leak: each limit of memory, and each restart', async () => {
      const { refs } = story('slow-leak');
      const changes = await changesOf('search-api');
      for (const [words, sha] of Object.entries(refs)) {
        const change = changes.find(each => each.sha === sha);
        const [what, to] = words.split(' ');
        const moved = change?.fields.find(
          field => field.field.includes(what) && field.to === to,
        );
        assert.ok(
          moved,
          `${words}: commit ${sha} shows ${JSON.stringify(change?.fields)}`,
        );
      }
    });

    test('what nobody owns is there as well, and says so', async () => {
      const api = await context().api('ana');
      const { items } = await api.call('listServices', {
        query: { text: 'currency-rates' },
      });
      assert.deepEqual(
        items.map(({ ref, owner }) => [ref, owner]),
        [['component:default/currency-rates', story('nobody-owns').refs.owner]],
      );
    });
  });

  function story(id: string) {
    const found = context().truth.stories.find(each => each.id === id);
    assert.ok(found, `the company has no story ${id}`);
    return found;
  }
}
