// @ts-check

/**
 * Deliveries of tools as they came, until they are taken in: an inbox that
 * outlives a crash. And whether a tool has said, while its source was read,
 * that there is more.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('webhook_delivery', table => {
    table.comment('Verified deliveries, in the order they came');
    table.bigIncrements('seq');
    table.string('source', 200).notNullable();
    table
      .string('body_hash', 64)
      .notNullable()
      .comment('the same body again has no effect');
    table.bigInteger('received_at').notNullable();
    table
      .text('headers')
      .notNullable()
      .comment('JSON of those that reading needs; no credentials');
    table.binary('body').comment('as it came; null once it is of no more use');
    table
      .string('state', 20)
      .notNullable()
      .comment('waiting, done, or set-aside: it could not be read');
    table
      .boolean('rejected')
      .notNullable()
      .defaultTo(false)
      .comment('something in it could not be taken in');
    table.integer('attempts').notNullable().defaultTo(0);
    table
      .bigInteger('due_at')
      .notNullable()
      .defaultTo(0)
      .comment('not tried before');
    table.string('claimed_by', 40);
    table.bigInteger('claimed_until').notNullable().defaultTo(0);
    table
      .bigInteger('expires_at')
      .comment('when its body, or else all of it, is deleted');
    table.unique(['source', 'body_hash']);
    table.index(['state', 'source', 'seq']);
    table.index(['source', 'received_at']);
    table.index(['expires_at']);
  });
  await knex.schema.alterTable('source', table => {
    table
      .boolean('hinted')
      .notNullable()
      .defaultTo(false)
      .comment('to be read once more when the reading in progress is through');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('source', table => {
    table.dropColumn('hinted');
  });
  await knex.schema.dropTable('webhook_delivery');
};
