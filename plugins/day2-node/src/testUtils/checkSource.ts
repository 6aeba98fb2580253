import { isSourceError } from '../sources/SourceError';
import type { Source, SourceBatch } from '../sources/Source';
import { collect, type CollectedRun } from './collect';
import { ObservationLedger } from './ObservationLedger';

const maxBatch = 1_000;

/** Reads everything from nothing. @throws what the source throws */
export async function readAll(
  source: Source,
): Promise<{ run: CollectedRun; ledger: ObservationLedger }> {
  const run = await collect(source);
  if (run.error) {
    throw run.error;
  }
  return { run, ledger: ledgerOf(run.batches) };
}

/** What batches leave behind. */
export function ledgerOf(
  batches: SourceBatch[],
  ledger = ObservationLedger.create(),
): ObservationLedger {
  for (const batch of batches) {
    ledger.apply(batch);
  }
  return ledger;
}

/** Two full readings, the second on top of the first, give the same and write nothing new. */
export async function checkIdempotence(source: Source): Promise<void> {
  const { run, ledger } = await readAll(source);
  const first = ledger.fingerprint();
  const { writes } = ledger.totals;
  ledgerOf(run.batches.map(withoutPass), ledger);
  const again = await collect(source);
  throwIfFailed(again);
  ledgerOf(again.batches.map(withoutPass), ledger);
  expectSame('a second full reading', ledger.fingerprint(), first);
  if (ledger.totals.writes !== writes) {
    throw new Error(
      `a second full reading wrote ${ledger.totals.writes - writes} rows more`,
    );
  }
}

/** Batches in any order leave the same behind, where keys and versions decide. */
export async function checkAnyOrder(source: Source): Promise<void> {
  const { run, ledger } = await readAll(source);
  if (
    run.batches.some(batch =>
      batch.observations.some(({ kind }) => kind === 'withdrawn'),
    )
  ) {
    throw new Error('a first reading withdraws something');
  }
  for (let seed = 1; seed <= 5; seed++) {
    const shuffled = shuffle(
      run.batches.flatMap(batch =>
        batch.observations.map(observation => ({
          observations: [observation],
          cursor: batch.cursor,
        })),
      ),
      seed,
    );
    expectSame(
      `order ${seed}`,
      ledgerOf(shuffled).fingerprint(),
      ledger.fingerprint(),
    );
  }
}

/** Stopped after any batch and gone on from its cursor, the same is left behind. */
export async function checkRestart(
  source: () => Promise<Source>,
): Promise<void> {
  const { run, ledger } = await readAll(await source());
  for (const at of stops(run.batches.length)) {
    const first = await collect(await source(), { batches: at });
    throwIfFailed(first);
    const rest = await collect(await source(), { cursor: first.cursor });
    throwIfFailed(rest);
    // A batch whose commit was lost comes again from the cursor before it.
    const before = await collect(await source(), {
      cursor: first.batches[at - 2]?.cursor,
      batches: 1,
    });
    throwIfFailed(before);
    expectSame(
      `stopped after batch ${at}`,
      ledgerOf([
        ...first.batches,
        ...before.batches,
        ...rest.batches,
      ]).fingerprint(),
      ledger.fingerprint(),
    );
  }
}

/** Read again from its cursor, a source says all there is once more, so that it corrects what was stored. */
export async function checkReread(source: Source): Promise<void> {
  const { run, ledger } = await readAll(source);
  const versions = new Map(
    ledger.observations.map(({ key, version }) => [key, version]),
  );
  const again = await collect(source, { cursor: run.cursor, reread: true });
  throwIfFailed(again);
  const said = new Map<string, number>();
  for (const { observations } of again.batches) {
    for (const observation of observations) {
      if (observation.kind !== 'withdrawn') {
        said.set(observation.key, observation.version);
      }
    }
  }
  for (const [key, version] of versions) {
    const now = said.get(key);
    if (now === undefined) {
      throw new Error(`read again it does not say ${key}`);
    }
    if (now < version) {
      throw new Error(
        `read again it says ${key} as version ${now}, after ${version}`,
      );
    }
  }
  ledgerOf(again.batches, ledger);
  if (ledger.observations.length !== versions.size) {
    throw new Error('read again it leaves more or less than before');
  }
  const next = await collect(source, { cursor: again.cursor });
  throwIfFailed(next);
  if (
    next.batches.some(batch => batch.observations.length > 0) &&
    next.batches.every(batch => batch.pass === undefined)
  ) {
    throw new Error('read again it does not come to an end');
  }
}

/** Batches are small, with a cursor each, unique keys, and nothing more to say at the end. */
export async function checkPaging(
  source: Source,
  minimum: { observations: number; batches: number },
): Promise<void> {
  const { run, ledger } = await readAll(source);
  const seen = new Map<string, number>();
  for (const batch of run.batches) {
    if (batch.observations.length > maxBatch) {
      throw new Error(`a batch has ${batch.observations.length} observations`);
    }
    for (const observation of batch.observations) {
      if (observation.kind !== 'withdrawn') {
        const key = `${observation.key} ${observation.version}`;
        seen.set(key, (seen.get(key) ?? 0) + 1);
      }
    }
  }
  const twice = [...seen].find(([, count]) => count > 1);
  if (twice) {
    throw new Error(`${twice[0]} is said ${twice[1]} times in one reading`);
  }
  if (ledger.observations.length < minimum.observations) {
    throw new Error(
      `${ledger.observations.length} observations instead of at least ${minimum.observations}`,
    );
  }
  const filled = run.batches.filter(batch => batch.observations.length > 0);
  if (filled.length < minimum.batches) {
    throw new Error(
      `${filled.length} batches instead of at least ${minimum.batches}`,
    );
  }
  const next = await collect(source, { cursor: run.cursor });
  throwIfFailed(next);
  const { writes } = ledger.totals;
  ledgerOf(next.batches, ledger);
  if (ledger.totals.writes !== writes) {
    throw new Error('a run with nothing new changes something');
  }
}

/** A failed run says so in the agreed words, at once, removes nothing and tells no secret. */
export async function checkFailure(options: {
  source: Source;
  /** Where a good run left off. */
  cursor?: CollectedRun['cursor'];
  codes: string[];
  withinMs: number;
  secrets: string[];
  retryAfterMs?: number;
}): Promise<CollectedRun> {
  const { source, codes } = options;
  const run = await collect(source, { cursor: options.cursor });
  if (run.error === undefined) {
    throw new Error('the run ended as if nothing had happened');
  }
  if (!isSourceError(run.error)) {
    throw new Error(`threw ${String(run.error)} instead of a SourceError`);
  }
  if (!codes.includes(run.error.code)) {
    throw new Error(
      `said ${run.error.code} (${run.error.message}) instead of ${codes.join(
        ' or ',
      )}`,
    );
  }
  if (
    options.retryAfterMs !== undefined &&
    (run.error.retryAfterMs ?? 0) < options.retryAfterMs
  ) {
    throw new Error(
      `wants to come again after ${run.error.retryAfterMs} ms instead of ${options.retryAfterMs}`,
    );
  }
  if (run.tookMs > options.withinMs) {
    throw new Error(`took ${run.tookMs} ms to give up`);
  }
  if (
    run.batches.some(batch =>
      batch.observations.some(({ kind }) => kind === 'withdrawn'),
    ) ||
    run.batches.some(batch => batch.pass?.complete)
  ) {
    throw new Error('a failed run removes what was known');
  }
  expectNoSecret(run, options.secrets);
  return run;
}

/** Neither errors nor the log nor batches hold a secret. */
export function expectNoSecret(run: CollectedRun, secrets: string[]): void {
  const error = run.error as
    | { message?: string; stack?: string; fix?: string; cause?: unknown }
    | undefined;
  const texts = {
    log: run.log,
    error: `${error?.message} ${error?.stack} ${error?.fix} ${String(
      error?.cause,
    )}`,
    batches: JSON.stringify(run.batches),
  };
  for (const [where, text] of Object.entries(texts)) {
    for (const secret of secrets) {
      if (
        secret &&
        (text.includes(secret) || text.includes(encodeURIComponent(secret)))
      ) {
        throw new Error(`a secret stands in the ${where}`);
      }
    }
  }
}

/** @throws Error with the first lines that differ */
export function expectSame(what: string, actual: string, wanted: string): void {
  if (actual === wanted) {
    return;
  }
  const left = new Set(actual.split('\n'));
  const right = new Set(wanted.split('\n'));
  const more = [...left].filter(line => !right.has(line));
  const fewer = [...right].filter(line => !left.has(line));
  throw new Error(
    `${what} leaves something else: ${more.length} more, ${
      fewer.length
    } fewer\n+ ${more[0]?.slice(0, 600)}\n- ${fewer[0]?.slice(0, 600)}`,
  );
}

function throwIfFailed(run: CollectedRun): void {
  if (run.error) {
    throw run.error;
  }
}

function withoutPass(batch: SourceBatch): SourceBatch {
  return { ...batch, pass: undefined };
}

/** Every batch, or a spread of them where there are many. */
function stops(batches: number): number[] {
  const all = Array.from({ length: batches }, (_, index) => index + 1);
  return batches <= 12
    ? all
    : all.filter(
        at => at <= 4 || at > batches - 4 || at % Math.ceil(batches / 6) === 0,
      );
}

/** Fisher–Yates with a fixed generator, so that a failure can be repeated. */
function shuffle<T>(items: T[], seed: number): T[] {
  const result = [...items];
  let state = seed;
  for (let index = result.length - 1; index > 0; index--) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    const other = state % (index + 1);
    [result[index], result[other]] = [result[other], result[index]];
  }
  return result;
}
