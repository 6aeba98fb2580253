// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('deployment_commit', table => {
    table
      .boolean('carried')
      .notNullable()
      .defaultTo(true)
      .comment('false: only the one before carried it, which does not count');
    table
      .boolean('first')
      .notNullable()
      .defaultTo(false)
      .comment('no counted deployment before had brought it there');
  });
  // What is stored does not tell yet which was the first: found anew.
  await knex.raw(
    'insert into dirty_sequence (service_id, environment, since) select distinct service_id, environment, 0 from deployment where true on conflict do nothing',
  );
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('deployment_commit', table => {
    table.dropColumn('first');
    table.dropColumn('carried');
  });
};
