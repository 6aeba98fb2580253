import type { Knex } from 'knex';

/** What is kept over time of a service. */
interface Moment {
  id: string;
  /** Epoch milliseconds. */
  now: number;
  owner?: string;
  system?: string;
  domain?: string;
  tier?: number;
  lifecycle?: string;
  removed: boolean;
}

/** Closes the open line of a service's history and opens another, where they differ. */
export async function recordHistory(
  transaction: Knex.Transaction,
  moment: Moment,
): Promise<void> {
  const values = {
    owner: moment.owner ?? null,
    system: moment.system ?? null,
    domain: moment.domain ?? null,
    tier: moment.tier ?? null,
    lifecycle: moment.lifecycle ?? null,
  };
  const open = await transaction('service_history')
    .where({ service_id: moment.id, valid_to: null })
    .first();
  const same =
    open &&
    Boolean(open.removed) === moment.removed &&
    (Object.keys(values) as (keyof typeof values)[]).every(
      key => (open[key] ?? null) === values[key],
    );
  if (same) {
    return;
  }
  // A clock that was set back must not open a line before the one it closes.
  const at = Math.max(moment.now, open ? Number(open.valid_from) : 0);
  const key = { service_id: moment.id, valid_from: at };
  if (open && Number(open.valid_from) < at) {
    await transaction('service_history')
      .where({ service_id: moment.id, valid_to: null })
      .update({ valid_to: at });
  }
  // Two changes within a millisecond: the later one stands.
  await transaction('service_history')
    .insert({ ...key, ...values, removed: moment.removed, valid_to: null })
    .onConflict(['service_id', 'valid_from'])
    .merge();
}

/** Closes dependencies that are gone and opens new ones. */
export async function recordDependencies(
  transaction: Knex.Transaction,
  options: { id: string; now: number; dependsOn: string[] },
): Promise<void> {
  const open: { depends_on: string }[] = await transaction('service_dependency')
    .where({ service_id: options.id, valid_to: null })
    .select('depends_on');
  const had = new Set(open.map(row => row.depends_on));
  const has = new Set(options.dependsOn);
  for (const target of had) {
    if (!has.has(target)) {
      await transaction('service_dependency')
        .where({ service_id: options.id, depends_on: target, valid_to: null })
        .update({ valid_to: options.now });
    }
  }
  for (const target of has) {
    if (!had.has(target)) {
      await transaction('service_dependency')
        .insert({
          service_id: options.id,
          depends_on: target,
          valid_from: options.now,
          valid_to: null,
        })
        .onConflict(['service_id', 'depends_on', 'valid_from'])
        .merge(['valid_to']);
    }
  }
}
