// @ts-check

/**
 * Which applications are unseen because the hub could not take in what was
 * said of them last: their source, which does not know of it, does not take
 * that back.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('application_unseen', table => {
    table
      .boolean('rejected')
      .notNullable()
      .defaultTo(false)
      .comment('Set aside by the hub, until what is said can be taken in');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('application_unseen', table => {
    table.dropColumn('rejected');
  });
};
