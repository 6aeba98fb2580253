import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { isSourceError } from '@day2/backstage-plugin-day2-node';
import { catalogOf, discoverApplications } from '../discover';

const usage =
  'discover --out <catalog.yaml> [--directory <mirrors>] [<name>=]<url>…';

/** Writes the catalog of the applications that GitOps repositories hold. */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { out: { type: 'string' }, directory: { type: 'string' } },
  });
  if (!values.out || positionals.length === 0) {
    throw new Error(usage);
  }
  const applications = await discoverApplications({
    repositories: positionals.map(parseEntry),
    directory: values.directory ?? join(dirname(values.out), 'mirrors'),
  });
  await mkdir(dirname(values.out), { recursive: true });
  await writeFile(values.out, catalogOf(applications));
  process.stdout.write(
    `Found ${applications.length} applications: ${applications
      .map(({ name }) => name)
      .slice(0, 50)
      .join(', ')}\n`,
  );
}

/** `name=url`, or an address alone. */
function parseEntry(text: string): { name?: string; url: string } {
  const { name, url } =
    /^(?<name>[A-Za-z0-9][A-Za-z0-9._-]*)=(?<url>.+)$/.exec(text)?.groups ?? {};
  return name ? { name, url } : { url: text };
}

if (require.main === module) {
  main().catch(error => {
    const fix = isSourceError(error) && error.fix ? ` ${error.fix}` : '';
    process.stderr.write(`${(error as Error).message}${fix}\n`);
    process.exitCode = 1;
  });
}
