// @ts-check

/**
 * Objectives: what files say of them, the slots that are measured for them, and
 * their figures.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('objective', table => {
    table.comment('An SLO of a service, and how it stood when last measured');
    table.string('id', 40).primary();
    table.string('source', 200).notNullable().comment('of its file');
    table.string('key', 500).notNullable();
    table.string('subject_id', 40).notNullable();
    table.string('name', 500).notNullable();
    table.text('search').notNullable();
    table.string('indicator_id', 64).comment('null: its file is wrong');
    table.string('measured_by', 200).comment('source; null: none does');
    table.string('series_id', 40).comment('of `objective_series`');
    table
      .string('state', 20)
      .notNullable()
      .comment('at `known_to`; who reads it long after that says unknown');
    table
      .bigInteger('sort_key')
      .notNullable()
      .comment('billionths of the budget that are left; what has none is last');
    table
      .bigInteger('known_to')
      .comment('end of the last slot that was asked for; null: none was yet');
    table
      .string('settled', 20)
      .comment('last state that was known while no past was being fetched');
    table.text('record').notNullable().comment('JSON of what its file says');
    table.text('figures').comment('JSON of how it stood at `known_to`');
    table.string('hash', 64).notNullable().comment('of the derived whole');
    table.unique(['source', 'key']);
    table.index(['subject_id', 'sort_key', 'id']);
    table.index(['sort_key', 'id']);
    table.index(['measured_by']);
    table.index(['series_id']);
  });
  await knex.schema.createTable('objective_series', table => {
    table.comment('What one source counts for one indicator');
    table.string('id', 40).primary();
    table.string('source', 200).notNullable();
    table.string('indicator_id', 64).notNullable();
    table
      .integer('version')
      .notNullable()
      .comment('raised when more is known of it');
    table
      .bigInteger('unused_since')
      .index()
      .comment('no objective is measured by it any more');
  });
  await knex.schema.createTable('objective_day', table => {
    table.comment('The slots of one UTC day');
    table.string('series_id', 40).notNullable();
    table.integer('day').notNullable().comment('days since 1970');
    table.binary('slots').notNullable().comment('packed');
    table.primary(['series_id', 'day']);
  });
  await knex.schema.createTable('objective_range', table => {
    table.comment(
      'What was asked of the source and answered, with data or none',
    );
    table.string('series_id', 40).notNullable();
    table.bigInteger('from_at').notNullable();
    table.bigInteger('to_at').notNullable();
    table.primary(['series_id', 'from_at']);
  });
  await knex.schema.createTable('objective_transition', table => {
    table.comment('When the state of an objective became another');
    table.string('objective_id', 40).notNullable();
    table.bigInteger('at').notNullable();
    table.string('from_state', 20).notNullable();
    table.string('to_state', 20).notNullable();
    table.primary(['objective_id', 'at']);
    table.index(['at', 'objective_id']);
  });
  await knex.schema.createTable('dirty_objective', table => {
    table.comment('Subjects whose objectives are to derive again');
    table.string('subject_id', 40).primary();
    table.bigInteger('since').notNullable();
    table.integer('generation').notNullable().defaultTo(1);
    table.string('claimed_by', 100);
    table.bigInteger('claimed_until').notNullable().defaultTo(0);
    table.index(['since']);
  });
  await knex.schema.alterTable('quarantine', table => {
    table.index(['source', 'key']);
  });
  // Of what a source said before this release.
  await knex.raw(
    "insert into dirty_objective (subject_id, since) select distinct subject_id, 0 from observation where kind = 'objective' and subject_id is not null",
  );
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('quarantine', table => {
    table.dropIndex(['source', 'key']);
  });
  for (const table of [
    'dirty_objective',
    'objective_transition',
    'objective_range',
    'objective_day',
    'objective_series',
    'objective',
  ]) {
    await knex.schema.dropTableIfExists(table);
  }
};
