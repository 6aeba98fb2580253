// @ts-check

/**
 * Incidents: what the alerts and incidents of the tools make, and what people
 * said of them.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('incident', table => {
    table.comment('One impact on services, as one or more tools saw it');
    table.string('id', 40).primary();
    table.string('state', 20).notNullable();
    table.integer('priority').comment('1 is the most pressing');
    table
      .bigInteger('started_at')
      .notNullable()
      .comment('start of the impact, else the detection');
    table.bigInteger('ended_at').comment('mitigated, else resolved');
    table.bigInteger('resolved_at');
    table.text('title').notNullable();
    table.text('record').notNullable().comment('JSON of the derived whole');
    table.string('hash', 64).notNullable().comment('of it');
    table.index(['started_at', 'id']);
    table.index(['state', 'started_at', 'id']);
    table.index(['resolved_at']);
  });
  await knex.schema.createTable('incident_reference', table => {
    table.comment('What tools call each incident; a reference is of one');
    table.string('reference_id', 40).primary();
    table.string('incident_id', 40).notNullable().index();
    table.string('source', 200).notNullable();
    table.string('key', 500).notNullable();
    table.unique(['source', 'key']);
  });
  await knex.schema.createTable('incident_alias', table => {
    table.comment('Every id an incident has or had');
    table.string('alias', 40).primary();
    table.string('incident_id', 40).notNullable().index();
  });
  await knex.schema.createTable('incident_service', table => {
    table.comment('Which services an incident hits, and where');
    table.string('incident_id', 40).notNullable();
    table.string('service_id', 40).notNullable();
    table
      .string('environment', 100)
      .notNullable()
      .defaultTo('')
      .comment('empty where nobody says');
    table.bigInteger('started_at').notNullable().comment('of the incident');
    table.primary(['incident_id', 'service_id', 'environment']);
    table.index(['service_id', 'started_at', 'incident_id']);
  });
  await knex.schema.createTable('incident_said', table => {
    table.comment('What people said of incidents; nothing is ever removed');
    table.string('id', 40).primary();
    table
      .text('incident_ref')
      .notNullable()
      .comment('JSON {source, key}: of the incident that holds it');
    table
      .string('kind', 20)
      .notNullable()
      .comment('override, grouping or suspect');
    table.text('body').notNullable().comment('JSON');
    table.string('person_id', 40).notNullable();
    table.bigInteger('at').notNullable();
    table.text('why');
    table.bigInteger('taken_back_at');
    table.string('taken_back_by', 40);
    table.text('taken_back_why');
  });
  await knex.schema.createTable('incident_said_reference', table => {
    table.comment('Every reference that a word is about');
    table.string('said_id', 40).notNullable();
    table.string('reference_id', 40).notNullable();
    table.string('source', 200).notNullable();
    table.string('key', 500).notNullable();
    table.primary(['said_id', 'reference_id']);
    table.index(['reference_id']);
  });
  await knex.schema.createTable('dirty_incident', table => {
    table.comment('References whose incidents are to derive again');
    table.string('source', 200).notNullable();
    table.string('key', 500).notNullable();
    table.bigInteger('since').notNullable();
    table.integer('generation').notNullable().defaultTo(1);
    table.string('claimed_by', 100);
    table.bigInteger('claimed_until').notNullable().defaultTo(0);
    table.primary(['source', 'key']);
    table.index(['since']);
  });
  await knex.raw(
    "create index observation_incidents on observation (subject_id, at) where kind = 'incident'",
  );
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw('drop index observation_incidents');
  for (const table of [
    'dirty_incident',
    'incident_said_reference',
    'incident_said',
    'incident_service',
    'incident_alias',
    'incident_reference',
    'incident',
  ]) {
    await knex.schema.dropTableIfExists(table);
  }
};
