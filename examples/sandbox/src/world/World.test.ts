import { testEnd, testStart } from '../__testUtils__/dates';
import { createWorld } from './createWorld';
import type { Stimulus } from './records';
import { DAY, HOUR, MINUTE, startOfDay, weekday } from './time';
import { type Truth, truthOf } from './truth';
import { World } from './World';

const made = { seed: 7, start: testStart, end: testEnd };

function heads(truth: Truth) {
  return Object.fromEntries(truth.repositories.map(r => [r.name, r.head]));
}

describe('World', () => {
  const { world, truth } = createWorld(made);

  it('is the same for the same seed and start', () => {
    expect(createWorld(made).truth).toEqual(truth);
  });

  it('is another one for another seed', () => {
    expect(heads(createWorld({ ...made, seed: 8 }).truth)).not.toEqual(
      heads(truth),
    );
  });

  it('continued day by day is the same as made in one go', () => {
    const continued = World.create({ ...made, end: testStart + DAY });
    for (let at = testStart + DAY; at < testEnd; at += DAY) {
      continued.advanceTo(at);
    }
    continued.advanceTo(testEnd);
    expect(truthOf(continued)).toEqual(truth);
    expect(continued.state.posts).toEqual(world.state.posts);
  });

  it('made to an earlier end is the beginning of itself', () => {
    const earlier = createWorld({
      ...made,
      end: testEnd - 40 * DAY - 7 * HOUR,
    });
    for (const repository of earlier.truth.repositories) {
      const whole = truth.repositories.find(r => r.name === repository.name)!;
      expect(whole.commits.slice(0, repository.commits.length)).toEqual(
        repository.commits,
      );
    }
    const posts = earlier.world.state.posts;
    expect(world.state.posts.slice(0, posts.length)).toEqual(posts);
  });

  it('ordered live and replayed later is the same', () => {
    const stimuli: Stimulus[] = [
      { id: 'a', at: testEnd + 5 * MINUTE, service: 'cart', tempoSeconds: 20 },
      {
        id: 'b',
        at: testEnd + 9 * MINUTE,
        service: 'payments-api',
        tempoSeconds: 30,
      },
    ];
    const live = World.create(made);
    for (const stimulus of stimuli) {
      live.advanceTo(stimulus.at - 1);
      live.stimulate(stimulus);
    }
    live.advanceTo(testEnd + 3 * DAY);
    const replayed = World.create({
      ...made,
      stimuli,
      end: testEnd + 3 * DAY,
    });
    expect(truthOf(replayed)).toEqual(truthOf(live));
    const last = truthOf(live).deployments.filter(
      d =>
        d.service === 'payments-api' &&
        d.environment === 'production' &&
        Date.parse(d.firstFinishedAt) ===
          stimuli[1].at + 3 * stimuli[1].tempoSeconds * 1000,
    );
    expect(last).toHaveLength(1);
    expect(last[0].targets.map(t => t.name)).toEqual(['eu-1', 'us-1']);
  });

  it('posts under keys that no other post and no other world has', () => {
    const keys = world.state.posts.map(post => post.key);
    const other = createWorld({ ...made, seed: 8 }).world.state.posts;
    expect(keys.length).toBeGreaterThan(50);
    expect(new Set([...keys, ...other.map(post => post.key)]).size).toBe(
      keys.length + other.length,
    );
  });

  it('has nothing after its end, but what was founded at its start', () => {
    for (const repository of truth.repositories) {
      for (const commit of repository.commits) {
        expect(Date.parse(commit.committedAt)).toBeLessThanOrEqual(testEnd);
      }
    }
  });

  it('has a service for every number asked for, each with deployments', () => {
    const large = createWorld({
      ...made,
      services: 60,
      end: testStart + 20 * DAY,
    });
    expect(new Set(large.truth.services.map(s => s.name)).size).toBe(60);
    for (const service of large.truth.services) {
      expect(
        large.truth.deployments.filter(d => d.service === service.name).length,
      ).toBeGreaterThanOrEqual(3);
    }
  });
});

describe('stories', () => {
  const { truth } = createWorld(made);
  const story = (id: string) => truth.stories.find(s => s.id === id)!;
  const production = (service: string) =>
    truth.deployments.filter(
      d => d.service === service && d.environment === 'production',
    );

  it('a bad release of payments-api is rolled back, about three weeks ago', () => {
    const { refs, from } = story('bad-release');
    const all = production('payments-api');
    const at = all.findIndex(d => d.version === refs.version);
    expect(all[at]).toMatchObject({ failed: true, rollback: false });
    expect(all[at + 1]).toMatchObject({
      version: refs.restored,
      previousVersion: refs.version,
      rollback: true,
      unplanned: true,
      carried: [],
    });
    expect(all[at].targets.map(t => t.name)).toEqual(['eu-1', 'us-1']);
    const ago = (testEnd - Date.parse(from)) / DAY;
    expect(ago).toBeGreaterThan(15);
    expect(ago).toBeLessThan(25);
    const reverts = truth.repositories
      .find(r => r.name === 'payments-api')!
      .commits.filter(c => c.message.includes(`reverts commit ${refs.commit}`));
    expect(reverts).toHaveLength(1);
  });

  it('a hotfix of checkout is in production within half an hour', () => {
    const { refs } = story('hotfix');
    const [deployment] = production('checkout').filter(
      d => d.version === refs.version,
    );
    const commit = truth.repositories
      .find(r => r.name === 'shop')!
      .commits.find(c => c.sha === refs.commit)!;
    expect(commit.message).toMatch(
      /^Merge pull request #\d+ from tern\/hotfix\//,
    );
    expect(deployment.unplanned).toBe(true);
    expect(
      Date.parse(deployment.finishedAt) - Date.parse(commit.committedAt),
    ).toBe(25 * MINUTE);
  });

  it('on the frozen Friday one emergency alone reaches production', () => {
    const { refs, from, to } = story('frozen-friday');
    expect(weekday(Date.parse(from))).toBe(5);
    const that = truth.deployments.filter(
      d =>
        d.environment === 'production' &&
        d.targets.some(t => t.finishedAt >= from && t.finishedAt < to!),
    );
    expect(that.map(d => [d.service, d.version])).toEqual([
      ['shipping-api', refs.version],
    ]);
    const aWeekBefore = startOfDay(Date.parse(from)) - 7 * DAY;
    expect(
      truth.deployments.some(
        d =>
          d.environment === 'production' &&
          startOfDay(Date.parse(d.finishedAt)) === aWeekBefore,
      ),
    ).toBe(true);
  });

  it('search-api is given more and more memory', () => {
    const limits = truth.configurationChanges
      .filter(c => c.service === 'search-api' && c.environment === 'production')
      .flatMap(c => c.fields)
      .filter(f => f.field === 'resources.limits.memory')
      .map(f => [f.from, f.to]);
    expect(limits).toEqual([
      ['512Mi', '640Mi'],
      ['640Mi', '768Mi'],
      ['768Mi', '1Gi'],
      ['1Gi', '1280Mi'],
      ['1280Mi', '1536Mi'],
      ['1536Mi', '2Gi'],
    ]);
  });

  it('a service without an owner is left to the bot', () => {
    const late = truth.repositories
      .find(r => r.name === 'currency-rates')!
      .commits.filter(c => Date.parse(c.authoredAt) > testStart + 31 * DAY);
    expect(late.length).toBeGreaterThan(0);
    expect(new Set(late.map(c => c.author.name))).toEqual(
      new Set(['renovate[bot]']),
    );
  });

  it('has merges, squashes, reverts, co-authors and issue keys', () => {
    const messages = truth.repositories.flatMap(r =>
      r.commits.map(c => c.message),
    );
    for (const pattern of [
      /^Merge pull request #\d+ from tern\//,
      /^.* \(#\d+\)\n/,
      /^Revert "/,
      /^Co-authored-by: .+ <.+@.+>$/m,
      /\bPAY-\d+\b/,
      /\bSHOP-\d+\b/,
      /\bLOG-\d+\b/,
      /^chore\(deps\): update dependency/,
    ]) {
      expect(messages.filter(m => pattern.test(m)).length).toBeGreaterThan(0);
    }
  });

  it('us-1 follows eu-1 some minutes later, by another commit', () => {
    const both = production('ledger').filter(
      d => !d.isFirst && !d.rollback && d.pendingTargets.length === 0,
    );
    expect(both.length).toBeGreaterThan(5);
    for (const { targets, firstFinishedAt, finishedAt } of both) {
      const minutes =
        (Date.parse(finishedAt) - Date.parse(firstFinishedAt)) / MINUTE;
      expect(minutes).toBeGreaterThanOrEqual(4);
      expect(minutes).toBeLessThanOrEqual(15);
      expect(targets[0].commit!.sha).not.toBe(targets[1].commit!.sha);
    }
  });
});
