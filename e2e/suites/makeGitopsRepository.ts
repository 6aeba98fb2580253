import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A deployment that the repository asks for. */
export interface AskedFor {
  application: string;
  environment: string;
  version: string;
  /** ISO 8601, UTC, to the second. */
  at: string;
}

/**
 * A foreign GitOps repository, as Kustomize has them: an overlay for each
 * application and environment, a commit for each version.
 */
export async function makeGitopsRepository(options: {
  /** Where the bare repository comes to be. */
  directory: string;
  name: string;
  history: AskedFor[];
}): Promise<void> {
  const work = join(options.directory, `${options.name}-work`);
  await mkdir(work, { recursive: true });
  async function git(args: string[], at?: string) {
    await run('git', args, {
      cwd: work,
      env: {
        ...process.env,
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_AUTHOR_NAME: 'Nell',
        GIT_AUTHOR_EMAIL: 'nell@elsewhere.example',
        GIT_COMMITTER_NAME: 'Nell',
        GIT_COMMITTER_EMAIL: 'nell@elsewhere.example',
        ...(at && { GIT_AUTHOR_DATE: at, GIT_COMMITTER_DATE: at }),
      },
    });
  }
  async function write(path: string, lines: string[]) {
    await mkdir(dirname(join(work, path)), { recursive: true });
    await writeFile(join(work, path), `${lines.join('\n')}\n`);
  }

  await git(['init', '-q', '-b', 'main']);
  for (const { application, environment, version, at } of options.history) {
    const folder = `apps/${application}`;
    const image = `registry.elsewhere.example/${application}`;
    await write(`${folder}/base/kustomization.yaml`, [
      'resources: [deployment.yaml]',
    ]);
    await write(`${folder}/base/deployment.yaml`, [
      'apiVersion: apps/v1',
      'kind: Deployment',
      'metadata:',
      `  name: ${application}`,
      'spec:',
      '  template:',
      '    spec:',
      '      containers:',
      `        - name: ${application}`,
      `          image: ${image}`,
    ]);
    await write(`${folder}/overlays/${environment}/kustomization.yaml`, [
      'resources: [../../base]',
      'images:',
      `  - name: ${image}`,
      `    newTag: ${version}`,
    ]);
    await git(['add', '.']);
    await git(
      ['commit', '-q', '-m', `${application} ${version} to ${environment}`],
      at,
    );
  }
  await run('git', [
    'clone',
    '-q',
    '--bare',
    work,
    join(options.directory, `${options.name}.git`),
  ]);
}
