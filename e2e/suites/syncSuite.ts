import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type {
  ApplicationState,
  FleetRow,
  SourceErrorCode,
} from '@day2/backstage-plugin-day2-common';
import type { SyncStateTruth } from '@day2/sandbox';
import { expectLines, mapParallel, serviceParams, until } from '../support';
import { argocdFaults, type FaultMode } from './argocdFaults';
import type { GetContext } from './TestContext';

/** How Argo CD fails as a whole, and the words for it. */
const failures: { mode: FaultMode; code: SourceErrorCode; words: RegExp }[] = [
  { mode: 'none', code: 'unreachable', words: /./ },
  { mode: '401', code: 'credential-refused', words: /401/ },
  { mode: 'html', code: 'bad-answer', words: /web page/ },
];

/** Desired against live, held against what is true of the simulated company. */
export function syncSuite(context: GetContext): void {
  const argocd = argocdFaults(context);

  async function applicationsOf(service: string): Promise<ApplicationState[]> {
    const api = await context().api('chen');
    const { items } = await api.call('getServiceGitops', {
      params: serviceParams(service),
    });
    return items;
  }

  async function fleet(): Promise<FleetRow[]> {
    const api = await context().api('chen');
    return await api.all('listFleet', {});
  }

  const namesOf = () => context().truth.services.map(({ name }) => name);
  const statesOf = (service: string) =>
    context().truth.syncStates.filter(each => each.service === service);

  async function shown(): Promise<string[]> {
    const lists = await mapParallel(namesOf(), async service =>
      (await applicationsOf(service)).map(each => shownLine(service, each)),
    );
    return lists.flat().sort();
  }

  const truth = () =>
    namesOf()
      .flatMap(service =>
        statesOf(service).map(each => truthLine(service, each)),
      )
      .sort();

  describe('sync', () => {
    test('tells of each application whether it is synced, pending, drifted or unknown', async () => {
      const causes = new Set(truth().map(line => line.split(' ')[3]));
      for (const cause of ['synced', 'pending', 'drifted', 'unknown']) {
        assert.ok(causes.has(cause), `the company has nothing ${cause}`);
      }
      const wanted = truth().join('\n');
      await until({
        what: 'the state of every application',
        ask: shown,
        accept: lines => lines.join('\n') === wanted,
        ms: 60_000,
      }).catch(async () => {
        expectLines({
          of: 'Applications of all services',
          shown: await shown(),
          truth: truth(),
        });
      });
    });

    test('says why, with the revisions and where to look', async () => {
      for (const service of namesOf()) {
        for (const each of await applicationsOf(service)) {
          const known = statesOf(service).find(
            state =>
              state.name === plainName(each.name) &&
              state.target === each.target,
          );
          assert.notEqual(each.syncReasons.length, 0, each.name);
          assert.equal(each.stale, false, each.name);
          const [origin] = each.origins;
          assert.equal(origin.desiredRevision, known?.desiredRevision);
          assert.equal(origin.syncedRevision, known?.syncedRevision);
          assert.equal(origin.mirrored, true, each.name);
          assert.match(String(each.url), /\/applications\//);
        }
      }
    });

    test('what no Argo CD runs says so', async () => {
      const api = await context().api('chen');
      for (const service of ['warehouse-sync', 'label-printer']) {
        const { items, empty } = await api.call('getServiceGitops', {
          params: serviceParams(service),
        });
        assert.deepEqual(items, []);
        assert.equal(empty?.reason, 'annotation-missing');
        assert.equal(empty.fix?.annotation?.key, 'argocd/app-name');
      }
    });

    test('the fleet has every service in a row, with the state of the worst', async () => {
      const rows = await fleet();
      for (const { service, sync } of rows) {
        const states = statesOf(service.title);
        const open = states.filter(({ cause, failing }) => cause || failing);
        if (states.length === 0) {
          assert.equal(sync.state, 'empty', service.title);
          assert.ok(sync.why, service.title);
        } else if (open.length > 0) {
          assert.notEqual(sync.state, 'ok', service.title);
        }
      }
      for (const name of namesOf()) {
        assert.ok(
          rows.some(({ service }) => service.title === name),
          name,
        );
      }
    });

    for (const { mode, code, words } of failures) {
      test(`Argo CD that answers “${mode}” is said so, what is known stays, and it recovers`, async () => {
        const before = await shown();
        await argocd.during(mode, async () => {
          const sources = await argocd.untilBoth(
            source => source.state === 'failing' && source.error?.code === code,
            `to fail with ${code}`,
          );
          for (const { error, failingSince } of sources) {
            assert.match(String(error?.text), words);
            assert.ok(failingSince);
          }
          // Nothing turns green for it: it is as it was, or unknown by now.
          const meanwhile = await shown();
          assert.equal(meanwhile.length, before.length);
          for (const [at, line] of meanwhile.entries()) {
            assert.ok(
              line === before[at] || / unknown unknown/.test(line),
              `${before[at]} became ${line}`,
            );
          }
          const api = await context().api('chen');
          const { empty } = await api.call('getServiceGitops', {
            params: serviceParams('label-printer'),
          });
          assert.ok(empty?.since, JSON.stringify(empty));
        });
        await until({
          what: 'all to be as before',
          ask: shown,
          accept: lines => lines.join('\n') === before.join('\n'),
          ms: 60_000,
        });
      });
    }

    test('applications that Argo CD lists and refuses to show are said so, and nothing is lost', async () => {
      const before = await shown();
      await argocd.during('403', async () => {
        // Nothing moves in this company: only who reads anew asks for each.
        await argocd.run('reread');
        await argocd.untilBoth(
          ({ state, notices }) =>
            state === 'ok' && notices.some(notice => /\(403\)/.test(notice)),
          'to say what is refused',
        );
        // The list tells that they did not move since they were read.
        assert.deepEqual(await shown(), before);
      });
      assert.deepEqual(await shown(), before);
    });
  });
}

function shownLine(service: string, each: ApplicationState): string {
  return [
    service,
    `${each.environment}/${each.target}`,
    plainName(each.name),
    each.sync,
    each.health,
    each.failing ? 'failing' : '',
  ].join(' ');
}

function truthLine(service: string, each: SyncStateTruth): string {
  return [
    service,
    `${each.environment}/${each.target}`,
    each.name,
    each.cause ?? 'synced',
    each.health.toLowerCase(),
    each.failing ? 'failing' : '',
  ].join(' ');
}

/** Without the namespace that tells it apart. */
function plainName(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}
