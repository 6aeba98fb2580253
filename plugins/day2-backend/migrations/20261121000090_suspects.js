// @ts-check

/**
 * What may have caused each incident, and what incidents are to the delivery
 * figures.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('suspect', table => {
    table.comment('Deployments and changes as an incident has them judged');
    table.string('incident_id', 40).notNullable();
    table
      .string('role', 10)
      .notNullable()
      .comment('cause, fix, or none: that no change did it');
    table.string('candidate_id', 40).notNullable();
    table.string('kind', 20).notNullable();
    table.string('service_id', 40);
    table.string('environment', 100).notNullable().defaultTo('');
    table.bigInteger('at').comment('when it began');
    table.string('state', 20).notNullable();
    table.double('score').notNullable();
    table.double('probability').notNullable();
    table.integer('rank').notNullable().comment('0 is the likeliest');
    table
      .text('link')
      .comment('JSON of the incident as the delivery figures take it');
    table.text('record').notNullable().comment('JSON of the rest');
    table.primary(['incident_id', 'role', 'candidate_id']);
    table.index(['candidate_id']);
    table.index(['service_id', 'at']);
  });
  await knex.raw(
    'create index suspect_links on suspect (service_id, environment) where link is not null',
  );
  await knex.raw(
    'create index deployment_rollbacks on deployment (service_id, finished_at) where restores_id is not null',
  );
  await knex.schema.createTable('dirty_suspect', table => {
    table.comment('Incidents whose suspects are to judge again');
    table.string('incident_id', 40).primary();
    table.bigInteger('since').notNullable();
    table.integer('generation').notNullable().defaultTo(1);
    table.string('claimed_by', 100);
    table.bigInteger('claimed_until').notNullable().defaultTo(0);
    table.index(['since']);
  });
  await knex.schema.alterTable('delivery', table => {
    table.string('incident_id', 40).comment('that its recovery is told by');
    table.boolean('failed_suspected').comment('by suspected incidents alone');
    table.boolean('rework_suspected');
    table.boolean('recovery_suspected');
    table
      .text('parts')
      .comment('JSON: ids of the deployments that are counted with it');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw('drop index deployment_rollbacks');
  await knex.schema.alterTable('delivery', table => {
    table.dropColumns(
      'incident_id',
      'failed_suspected',
      'rework_suspected',
      'recovery_suspected',
      'parts',
    );
  });
  for (const table of ['dirty_suspect', 'suspect']) {
    await knex.schema.dropTableIfExists(table);
  }
};
