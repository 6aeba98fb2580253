import { Random } from '../random/Random';
import { dependencyFile, setDependency } from './applicationFiles';
import type { Flows } from './Flows';
import { people } from './people';
import type { ServiceSpec } from './ServiceSpec';
import { DAY, HOUR, MINUTE, SECOND, weekday } from './time';
import { makeWork } from './work';

/** After that many days nobody but Renovate touches a service without a team. */
const orphanedAfterDays = 30;

/** Puts an ordinary day's events of every service into the queue. */
export function planDay(flows: Flows, midnight: number): void {
  for (const spec of flows.world.specs()) {
    if (!flows.world.isQuiet(spec.name, midnight)) {
      planServiceDay(flows, spec, midnight);
    }
  }
}

function planServiceDay(
  flows: Flows,
  spec: ServiceSpec,
  midnight: number,
): void {
  const { world, code, pipeline, configuration } = flows;
  const { seed, queue } = world;
  const day = world.dayIndex(midnight);
  const isWorkday = weekday(midnight) <= 5;
  const isFriday = weekday(midnight) === 5;
  const random = Random.create(seed, 'day', spec.name, day);
  const isOrphaned = spec.team === 'nobody' && day > orphanedAfterDays;
  const within = (from: number, to: number) =>
    midnight +
    random.int((from * HOUR) / SECOND, (to * HOUR) / SECOND) * SECOND;

  const merges = random.count(spec.mergesPerDay * (isWorkday ? 1 : 0.04));
  for (let i = 0; i < merges; i++) {
    const at = within(7, 17);
    if (isOrphaned) {
      continue;
    }
    queue.add({
      at,
      key: `merge/${spec.name}/${i}`,
      run: () => {
        const own = Random.create(seed, 'merge', spec.name, day, i);
        const issueNumber = world.next(spec.issues, 301);
        const work = makeWork({ spec, random: own, issueNumber });
        code.merge({ spec, work, at, random: own });
      },
    });
  }

  // Nobody likes to be called on a Friday evening.
  const releaseAt = within(9, isFriday ? 12 : 15.5);
  if (isWorkday && random.chance(spec.releaseChance)) {
    queue.add({
      at: releaseAt,
      key: `release/${spec.name}`,
      run: () => {
        const own = Random.create(seed, 'release', spec.name, day);
        pipeline.release({
          service: spec.name,
          at: releaseAt,
          random: own,
          code,
        });
      },
    });
  }

  const settingAt = within(8, 16);
  if (isWorkday && !isOrphaned && random.chance(0.07)) {
    queue.add({
      at: settingAt,
      key: `setting/${spec.name}`,
      run: () => {
        const own = Random.create(seed, 'setting', spec.name, day);
        configuration.changeSomething({ spec, at: settingAt, random: own });
      },
    });
  }

  if (weekday(midnight) === 1 && random.chance(0.35)) {
    const at = midnight + 5 * HOUR + random.int(0, 30) * MINUTE;
    queue.add({
      at,
      key: `renovate/${spec.name}`,
      run: () => renovate(flows, spec, at),
    });
  }
}

const libraries = {
  typescript: ['express', 'undici', 'pino', 'zod', 'ioredis'],
  go: ['github.com/go-chi/chi', 'github.com/jackc/pgx', 'go.uber.org/zap'],
  python: ['fastapi', 'httpx', 'sqlalchemy', 'structlog'],
} as const;

/** A dependency update by the Renovate bot, merged by itself. */
function renovate(flows: Flows, spec: ServiceSpec, at: number): void {
  const { world, code } = flows;
  // In a monorepo it edits the root, which is no service's own.
  const repository = world.repository(spec.repository, 'application');
  const random = Random.create(world.seed, 'renovate', spec.name, at / DAY);
  const path = dependencyFile(spec);
  const name = random.pick<string>(libraries[spec.language]);
  const version = `${random.int(1, 6)}.${random.int(0, 40)}.${random.int(
    0,
    9,
  )}`;
  const text = repository.read(path);
  const after =
    text && setDependency({ text, language: spec.language, name, version });
  if (!after || after === text) {
    return;
  }
  code.commitFiles({
    spec,
    author: people.renovate,
    at,
    random,
    kind: 'chore',
    title: `chore(deps): update dependency ${name} to v${version}`,
    changes: new Map([[path, after]]),
  });
}
