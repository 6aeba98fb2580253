// @ts-check

/**
 * What of an application no mirror can tell, beside its fingerprint.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('fingerprint', table => {
    table
      .text('unfollowed')
      .comment('what the paths take in besides, in words; null: nothing');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('fingerprint', table => {
    table.dropColumn('unfollowed');
  });
};
