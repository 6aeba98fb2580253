// @ts-check

/**
 * What is to be told on the outside: written in the transaction of the
 * transition, delivered afterwards. And what was told of each record last.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('effect', table => {
    table.comment('The outbox: one row for each transition and effect');
    table.bigIncrements('seq').comment('those of one record go in its order');
    table.string('id', 40).notNullable().unique().comment('idempotency key');
    table.string('effect', 100).notNullable().comment('id of the effect');
    table.string('record_id', 40).notNullable();
    table.bigInteger('learnt_at').notNullable();
    table.text('request').notNullable().comment('JSON');
    table.string('state', 20).notNullable().comment('pending, done, given-up');
    table.integer('attempts').notNullable().defaultTo(0);
    table.bigInteger('next_at').notNullable();
    table.string('claimed_by', 100);
    table.bigInteger('claimed_until').notNullable().defaultTo(0);
    table.text('error');
    table.index(['state', 'effect', 'next_at']);
    table.index(['effect', 'record_id', 'state', 'seq']);
    table.index(['state', 'learnt_at']);
  });
  await knex.schema.createTable('effect_told', table => {
    table.comment('What an effect was told of a record last');
    table.string('effect', 100).notNullable();
    table.string('record_id', 40).notNullable().comment('as it was announced');
    table.string('state', 20).notNullable();
    table.integer('priority').comment('the most pressing that was told');
    table.text('services').notNullable().comment('JSON: ids of those told');
    table.integer('revision').notNullable().comment('how often it was told');
    table.bigInteger('announced_at').notNullable();
    table.bigInteger('told_at').notNullable();
    table.primary(['record_id', 'effect']);
    table.index(['state', 'told_at']);
  });
  await knex.schema.createTable('delivered_reference', table => {
    table.comment('What tools told of themselves before they were read once');
    table.string('reference_id', 40).primary();
    table.bigInteger('at').notNullable();
    table.index(['at']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const table of ['delivered_reference', 'effect_told', 'effect']) {
    await knex.schema.dropTableIfExists(table);
  }
};
