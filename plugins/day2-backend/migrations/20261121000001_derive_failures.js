// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('derive_failure', table => {
    table.comment('Work that could not be done, tried again later and later');
    table.string('queue', 20).notNullable();
    table.string('key', 255).notNullable();
    table.integer('attempts').notNullable();
    table.text('error').notNullable().comment('of the last attempt');
    table.bigInteger('at').notNullable();
    table.bigInteger('retry_at').notNullable();
    table.primary(['queue', 'key']);
  });
  await knex.schema.alterTable('service', table => {
    table.index(['title', 'id']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('service', table => {
    table.dropIndex(['title', 'id']);
  });
  await knex.schema.dropTableIfExists('derive_failure');
};
