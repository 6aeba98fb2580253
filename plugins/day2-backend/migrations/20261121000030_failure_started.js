// @ts-check

/**
 * When the failure of a deployment began, which may be before it had finished
 * or after.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('delivery', table => {
    table
      .bigInteger('failure_started_at')
      .comment('of failed ones, as `recovery`');
  });
  // Until now every failure began as the deployment finished.
  await knex('delivery')
    .whereNotNull('recovery')
    .update({ failure_started_at: knex.ref('finished_at') });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('delivery', table => {
    table.dropColumn('failure_started_at');
  });
};
