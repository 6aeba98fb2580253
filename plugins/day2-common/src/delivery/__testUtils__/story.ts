import type {
  Rollout,
  SequenceObservation,
  UnplannedMark,
} from '../../deployments';
import { deriveSequence } from '../../deployments';
import type { LinkedIncident } from '../../incidents/incidentFailures';
import { deliveriesOf } from '../deliveriesOf';
import type {
  Delivery,
  DeliveredCommit,
  DeliveryIncidents,
  DeliveryInput,
} from '../delivery';

export const HOUR = 3600_000;
export const DAY = 24 * HOUR;

const rollouts: Record<string, Rollout> = {
  '': 'succeeded',
  '!': 'failed',
  x: 'cancelled',
  '?': 'unknown',
};

/** `a` is the sha `a0000…`. */
export function shaOf(name: string): string {
  return name.padEnd(40, '0');
}

/**
 * A line an observation: `V2 eu 10 !~ +hotfix a@8 m@9* b@9<a c@3=` reads: version
 * 2 on target eu (`-`: none) at hour 10, roll-out failed (`x` cancelled, `?`
 * unknown), desired in Git (`~`), marked as a hotfix, with the commits a of hour
 * 8, m of hour 9, which is a merge, b, which reverts a, and c, which came before.
 * `+fix:V1`: posted as a fix of version 1. `V2/api` is the version of one image,
 * and `&` says that it came with the same sync (desired: the same commit) as the
 * line before. `%` among the commits: not all of them are known. `#i:49-52/60`:
 * it caused incident i, whose impact started at hour 49, and which was mitigated
 * at 52 and resolved at 60; `#i:-60` tells only the end, `#i:d47-60` also that it
 * was detected at 47, `#i:49-` is open, `#i?` is only suspected. `>i` mends
 * incident i.
 */
export function sequenceFrom(text: string, origin = 0): DeliveryInput[] {
  const lines = text.trim().split('\n');
  const commits = new Map<string, string[]>();
  const incidents = incidentsFrom(text, origin);
  let key = '';
  const observations = lines.map((line, i): SequenceObservation => {
    const [name, target, hour, ...rest] = line.trim().split(/\s+/);
    const [version, image] = name.split('/');
    const word = rest.find(each => /^[!x?~]+$/.test(each)) ?? '';
    key = rest.includes('&') ? key : `k${String(i).padStart(2, '0')}`;
    commits.set(
      `${key} ${image ?? ''}`,
      rest.filter(each => /[@%#>]/.test(each)),
    );
    return {
      source: word.includes('~') ? 'git' : 'argocd',
      key,
      versionName: version,
      ...(image ? { image: { repository: `tern/${image}` } } : {}),
      target: target === '-' ? undefined : target,
      finishedAt: origin + Number(hour) * HOUR,
      basis: word.includes('~') ? 'desired' : 'synced',
      rollout: rollouts[word.replace('~', '')],
      ...saidIn(rest),
    };
  });
  return deriveSequence({ observations }).map(deployment => {
    const words = deployment.sources.flatMap(
      source => commits.get(`${source.key} ${deployment.line}`) ?? [],
    );
    return {
      ...deployment,
      id: `d-${deployment.first.key}${deployment.line}`,
      commits: {
        list: words
          .filter(each => each.includes('@'))
          .map(each => commitFrom(each, origin)),
        complete: !words.includes('%'),
      },
      ...incidentsIn(words, incidents),
    };
  });
}

/** All of a story, by name. */
function incidentsFrom(
  text: string,
  origin: number,
): Map<string, LinkedIncident> {
  const word =
    /#(?<id>\w+)(?<guess>\??):(?<impact>\d*)(?:d(?<detected>\d+))?-(?<mitigated>\d+(?=\/))?\/?(?<resolved>\d*)/g;
  const at = (name: string, hour: string | undefined) =>
    hour ? { [name]: origin + Number(hour) * HOUR } : {};
  return new Map(
    [...text.matchAll(word)].map(({ groups }) => {
      const { id, guess, impact, detected, mitigated, resolved } =
        groups as Record<string, string>;
      return [
        id,
        {
          id,
          title: `Incident ${id}`,
          state: guess ? 'suspected' : 'confirmed',
          ...at('impactStartedAt', impact),
          ...at('detectedAt', detected),
          ...at('mitigatedAt', mitigated),
          ...at('resolvedAt', resolved),
        },
      ];
    }),
  );
}

function incidentsIn(
  words: string[],
  incidents: Map<string, LinkedIncident>,
): { incidents?: DeliveryIncidents } {
  const named = (sign: string) =>
    words
      .filter(each => each.startsWith(sign))
      .map(each => /\w+/.exec(each)?.[0] ?? '')
      .map(id => incidents.get(id) as LinkedIncident);
  const [caused, mended] = [named('#'), named('>')];
  return caused.length + mended.length > 0
    ? { incidents: { caused, mended } }
    : {};
}

/** Marks, and what a posted one names. */
function saidIn(words: string[]): Partial<SequenceObservation> {
  const said = words
    .filter(each => each.startsWith('+'))
    .map(each => each.slice(1).split(':'));
  const mends = said.find(([, of]) => of !== undefined)?.[1];
  return {
    marks: said.map(([mark]) => mark as UnplannedMark),
    ...(mends === undefined ? {} : { basis: 'event', mends }),
  };
}

function commitFrom(word: string, origin: number): DeliveredCommit {
  const { name, hour, flags, reverts } =
    /^(?<name>\w+)@(?<hour>[\d.]+)(?<flags>[*=]*)(?:<(?<reverts>\w+))?$/.exec(
      word,
    )?.groups as Record<string, string>;
  return {
    repository: 'shop',
    sha: shaOf(name),
    committedAt: origin + Number(hour) * HOUR,
    isMerge: flags.includes('*'),
    first: !flags.includes('='),
    ...(reverts ? { reverts: shaOf(reverts).slice(0, 12) } : {}),
  };
}

/** One line a deployment: all that it adds, hours as numbers, `D` where it counts. */
export function tell(sequence: DeliveryInput[]): string[] {
  const versions = new Map(sequence.map(({ id, version }) => [id, version]));
  return deliveriesOf({ sequence }).map(each =>
    [versions.get(each.id), ...wordsOf(each)].join(' '),
  );
}

function wordsOf(each: Delivery): string[] {
  const { lead, recovery, reasons } = each;
  const words = each.wentLive ? ['live'] : ['never-live'];
  const codes = (of: { code: string }[]) => of.map(({ code }) => code).join();
  const hours = (of: { seconds: number }[]) =>
    of.map(({ seconds }) => seconds / 3600).join();
  const end =
    recovery?.seconds === undefined ? '-' : String(recovery.seconds / 3600);
  return [
    each.countsAsDeployment ? 'D' : words[0],
    ...(each.isRollback ? ['rollback'] : []),
    ...(each.isFailed ? [`failed:${codes(reasons.failed)}`] : []),
    ...(each.isRework ? [`rework:${codes(reasons.rework)}`] : []),
    ...(each.suspected.failed ? ['suspected'] : []),
    ...(lead.commits.length > 0 ? [`lead:${hours(lead.commits)}`] : []),
    ...(lead.anomalies.length > 0 ? [`odd:${hours(lead.anomalies)}`] : []),
    ...(lead.merges > 0 ? [`merges:${lead.merges}`] : []),
    ...(lead.earlier > 0 ? [`earlier:${lead.earlier}`] : []),
    ...(lead.expected && !lead.measured ? ['incomplete'] : []),
    ...(recovery
      ? [recovery.how === 'open' ? 'open' : `${recovery.how}:${end}`]
      : []),
  ];
}
