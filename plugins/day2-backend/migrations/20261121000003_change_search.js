// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('change', table => {
    table
      .text('search')
      .notNullable()
      .defaultTo('')
      .comment('lower-case text it is found by');
  });
  await knex.raw(
    'insert into dirty_change (change_id, since) select id, 0 from change where true on conflict do nothing',
  );
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('change', table => {
    table.dropColumn('search');
  });
};
