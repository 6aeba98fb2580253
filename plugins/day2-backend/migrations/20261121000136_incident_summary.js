// @ts-check

/**
 * Of an incident with many references what lists show of it, so that they do not
 * read all of it. Where there is none, lists read `record`.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('incident', table => {
    table
      .text('summary')
      .comment('JSON: the record as far as lists show it, where that is less');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('incident', table => {
    table.dropColumn('summary');
  });
};
