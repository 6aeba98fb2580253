// @ts-check

/**
 * What is to be told on the outside: written in the transaction of the
 * transition, delivered afterwards.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('effect', table => {
    table.comment('The outbox: one row for each transition and effect');
    table.string('id', 40).primary().comment('the idempotency key');
    table.string('effect', 100).notNullable().comment('id of the effect');
    table.string('record_id', 40).notNullable();
    table.bigInteger('at').notNullable().comment('of the transition');
    table.text('request').notNullable().comment('JSON');
    table.string('state', 20).notNullable().comment('pending, done, given-up');
    table.integer('attempts').notNullable().defaultTo(0);
    table.bigInteger('next_at').notNullable();
    table.string('claimed_by', 100);
    table.bigInteger('claimed_until').notNullable().defaultTo(0);
    table.text('error');
    table.index(['state', 'next_at']);
    table.index(['effect', 'record_id', 'state', 'at']);
    table.index(['state', 'at']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTableIfExists('effect');
};
