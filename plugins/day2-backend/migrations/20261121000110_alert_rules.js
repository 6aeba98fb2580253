// @ts-check

/**
 * Rules of alerts as their tools evaluated them last, for services that name
 * alerts, and how the reading of each tool stands.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('alert_reading', table => {
    table.comment('One row for each source whose rules are read');
    table.string('source', 200).primary();
    table.bigInteger('read_at').comment('when its rules were read last');
    table.bigInteger('failing_since');
    table.text('error').comment('JSON: code, text, fix');
    table.bigInteger('next_at').notNullable().defaultTo(0);
    table.string('claimed_by', 100);
    table.bigInteger('claimed_until').notNullable().defaultTo(0);
  });
  await knex.schema.createTable('alert_rule', table => {
    table.comment('Replaced whole with each reading of its source');
    table.string('source', 200).notNullable();
    table.integer('position').notNullable().comment('in the order of the tool');
    table.string('name', 500).notNullable();
    table.string('group', 500).notNullable();
    table.text('record').notNullable().comment('JSON');
    table.primary(['source', 'position']);
    table.index(['source', 'name']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('alert_rule');
  await knex.schema.dropTable('alert_reading');
};
