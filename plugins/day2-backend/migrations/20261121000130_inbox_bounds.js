// @ts-check

/**
 * How much waits in the inbox of a source, and how much was turned away since
 * there was no room: its tool keeps that.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('webhook_delivery', table => {
    table
      .integer('bytes')
      .notNullable()
      .defaultTo(0)
      .comment('length of the body');
  });
  await knex('webhook_delivery')
    .where({ state: 'waiting' })
    .whereNotNull('body')
    .update({ bytes: knex.raw('length(??)', ['body']) });
  await knex.schema.alterTable('source', table => {
    table
      .integer('turned_away')
      .notNullable()
      .defaultTo(0)
      .comment('verified deliveries that found the inbox full');
    table.bigInteger('turned_away_at').comment('the last of them');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('source', table => {
    table.dropColumn('turned_away');
    table.dropColumn('turned_away_at');
  });
  await knex.schema.alterTable('webhook_delivery', table => {
    table.dropColumn('bytes');
  });
};
