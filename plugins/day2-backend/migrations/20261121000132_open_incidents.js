// @ts-check

/**
 * Which incidents of a source have not ended as it said last, found by an index
 * of those alone.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('observation', table => {
    table
      .bigInteger('open_heard_at')
      .comment('of an incident that has not ended: when it was heard of last');
  });
  await knex('observation')
    .where({ kind: 'incident' })
    .whereNull('withdrawn_at')
    .whereNot('payload', 'like', '%"resolvedAt":%')
    .update({ open_heard_at: knex.ref('at') });
  await knex.raw(
    'create index observation_open on observation (source, open_heard_at) where open_heard_at is not null',
  );
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw('drop index observation_open');
  await knex.schema.alterTable('observation', table => {
    table.dropColumn('open_heard_at');
  });
};
