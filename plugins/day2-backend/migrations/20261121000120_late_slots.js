// @ts-check

/**
 * Slots of which a source knew nothing, and may know more later.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('objective_silence', table => {
    table.comment('Slots answered with nothing, to be asked for again');
    table.string('series_id', 40).notNullable();
    table.bigInteger('from_at').notNullable();
    table.bigInteger('to_at').notNullable();
    table.bigInteger('due_at').notNullable().index();
    table.primary(['series_id', 'from_at']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTableIfExists('objective_silence');
};
