// @ts-check

/**
 * Of what people say of one field of an incident the latest counts, found by an
 * index; and how much one person said of late. Words from before have no
 * `field_id`: all of them are read, and the latest counts.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('incident_said', table => {
    table
      .string('field_id', 40)
      .comment('of an override: one for each incident and field');
    table.index(['field_id', 'at']);
    table.index(['person_id', 'at']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('incident_said', table => {
    table.dropIndex(['field_id', 'at']);
    table.dropIndex(['person_id', 'at']);
  });
  await knex.schema.alterTable('incident_said', table => {
    table.dropColumn('field_id');
  });
};
