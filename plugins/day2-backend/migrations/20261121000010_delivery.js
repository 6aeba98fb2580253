// @ts-check

/**
 * Delivery figures: what each deployment adds to them, and cells of a service,
 * an environment and a UTC day that sum it.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('delivery', table => {
    table.comment('What each deployment is to the delivery figures');
    table.string('deployment_id', 40).primary();
    table.string('service_id', 40).notNullable();
    table.string('environment', 100).notNullable();
    table.bigInteger('finished_at').notNullable();
    table
      .string('derived_from', 80)
      .notNullable()
      .comment('hash of the deployment; the same hash, the same lead times');
    table.string('basis', 20).notNullable();
    table.string('rollout', 20).notNullable();
    table.boolean('counts').notNullable().comment('one of D');
    table.boolean('went_live').notNullable();
    table.boolean('is_rollback').notNullable();
    table.boolean('is_failed').notNullable();
    table.boolean('is_rework').notNullable();
    table.boolean('is_first').notNullable();
    table.boolean('lead_expected').notNullable();
    table.boolean('lead_measured').notNullable();
    table.integer('lead_commits').notNullable();
    table.integer('lead_anomalies').notNullable();
    table.integer('lead_merges').notNullable();
    table.integer('lead_earlier').notNullable();
    table.binary('lead_seconds').notNullable().comment('packed');
    table.string('recovery', 20).comment('what ended its failure; open');
    table.integer('recovery_seconds');
    table.bigInteger('restored_at');
    table.string('restored_by_id', 40);
    table.text('reasons').notNullable().comment('JSON by figure');
    table.index(['service_id', 'environment', 'finished_at', 'deployment_id']);
    table.index(['finished_at', 'deployment_id']);
  });
  await knex.schema.createTable('delivery_cell', table => {
    table.comment('Deliveries of a UTC day, summed; computed from rows only');
    table.string('service_id', 40).notNullable();
    table.string('environment', 100).notNullable();
    table.integer('day').notNullable().comment('days since 1970');
    table.text('counts').notNullable().comment('JSON, those above 0');
    table.binary('lead_seconds').notNullable().comment('packed');
    table.binary('recovery_seconds').notNullable().comment('packed');
    table.binary('quarters').notNullable().comment('packed');
    table.bigInteger('oldest_open_at');
    table.primary(['service_id', 'environment', 'day']);
    table.index(['environment', 'day']);
  });
  await knex.schema.createTable('dirty_delivery_cell', table => {
    table.comment('Cells to compute again');
    table.string('service_id', 40).notNullable();
    table.string('environment', 100).notNullable();
    table.integer('day').notNullable();
    table.bigInteger('since').notNullable();
    table.integer('generation').notNullable().defaultTo(1);
    table.string('claimed_by', 100);
    table.bigInteger('claimed_until').notNullable().defaultTo(0);
    table.primary(['service_id', 'environment', 'day']);
    table.index(['since']);
  });
  // Of the deployments that are stored already.
  await knex.raw(
    'insert into dirty_sequence (service_id, environment, since) select distinct service_id, environment, 0 from deployment where true on conflict do nothing',
  );
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const table of ['dirty_delivery_cell', 'delivery_cell', 'delivery']) {
    await knex.schema.dropTableIfExists(table);
  }
};
