// @ts-check

/**
 * Live state of applications, and what of Git it is told by.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('application', table => {
    table.comment(
      'An application of a GitOps controller: desired against live',
    );
    table.string('id', 40).primary();
    table.string('source', 200).notNullable();
    table.string('key', 500).notNullable();
    table.string('subject_id', 40).notNullable().index();
    table.string('name', 500).notNullable();
    table.string('environment', 100);
    table.string('target', 255);
    table.string('sync', 20).notNullable();
    table.string('health', 20).notNullable();
    table.boolean('failing').notNullable();
    table.boolean('prune_only').notNullable();
    table
      .integer('severity')
      .notNullable()
      .comment('4 bad, 3 attention, 2 unknown, 1 ok; while it is observed');
    table.bigInteger('synced_at');
    table.bigInteger('compared_at');
    table
      .bigInteger('look_again_at')
      .comment('a revision was not in the mirror yet');
    table.text('record').notNullable().comment('JSON of the rest');
    table.string('hash', 64).notNullable().comment('of the derived whole');
    table.unique(['source', 'key']);
    table.index(['look_again_at']);
  });
  await knex.schema.createTable('application_unseen', table => {
    table.comment('Applications that a tool does not let us see any more');
    table.string('source', 200).notNullable();
    table.string('key', 500).notNullable();
    table.bigInteger('since').notNullable();
    table.text('reason').notNullable();
    table.primary(['source', 'key']);
  });
  await knex.schema.createTable('git_revision', table => {
    table.comment('Commits that runtime sources name, found in a mirror');
    table
      .string('repository', 255)
      .notNullable()
      .comment('as the observation names it');
    table.string('sha', 64).notNullable();
    table
      .string('mirror', 255)
      .notNullable()
      .comment('name of that repository in the configuration');
    table
      .integer('position')
      .comment('along the first parent; null: it is not on that line');
    table.bigInteger('committed_at').notNullable();
    table.text('url');
    table.primary(['repository', 'sha']);
    table.index(['sha']);
  });
  await knex.schema.createTable('fingerprint', table => {
    table.comment('What some paths of a repository hold at a revision');
    table
      .string('repository', 255)
      .notNullable()
      .comment('as the observation names it');
    table.string('sha', 64).notNullable();
    table.string('paths_hash', 64).notNullable();
    table.string('hash', 64).notNullable();
    table.bigInteger('at').notNullable().index();
    table.primary(['repository', 'sha', 'paths_hash']);
    table.index(['sha']);
  });
  await knex.schema.createTable('dirty_application', table => {
    table.comment('Subjects whose applications are to derive again');
    table.string('subject_id', 40).primary();
    table.bigInteger('since').notNullable();
    table.integer('generation').notNullable().defaultTo(1);
    table.string('claimed_by', 100);
    table.bigInteger('claimed_until').notNullable().defaultTo(0);
    table.index(['since']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const table of [
    'dirty_application',
    'fingerprint',
    'git_revision',
    'application_unseen',
    'application',
  ]) {
    await knex.schema.dropTableIfExists(table);
  }
};
