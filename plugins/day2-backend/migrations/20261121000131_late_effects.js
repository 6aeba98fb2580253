// @ts-check

/**
 * What is learnt long after it happened waits a little before it is told: it
 * may be over, and several are told at once.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('effect', table => {
    table
      .boolean('is_late')
      .notNullable()
      .defaultTo(false)
      .comment('waits for what else comes, and is told together with it');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('effect', table => {
    table.dropColumn('is_late');
  });
};
