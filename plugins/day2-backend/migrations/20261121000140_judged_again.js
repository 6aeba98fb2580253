// @ts-check

/**
 * Suspects are judged by more than before, and what is stored of a link tells
 * when its incident was detected: so all are judged again.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  const since = Date.now();
  await knex('dirty_suspect')
    .whereIn('incident_id', knex('incident').select('id'))
    .update({ generation: knex.raw('?? + 1', ['generation']) });
  await knex(
    knex.raw('?? (??, ??)', ['dirty_suspect', 'incident_id', 'since']),
  ).insert(
    knex('incident')
      .select('id', knex.raw('cast(? as bigint) as since', [since]))
      .whereNotIn('id', knex('dirty_suspect').select('incident_id')),
  );
};

/** What is marked is judged in any case. */
exports.down = async function down() {};
