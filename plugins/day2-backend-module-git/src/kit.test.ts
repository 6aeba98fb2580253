import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createGitServer,
  runConnectorKit,
} from '@day2/backstage-plugin-day2-node/testUtils';
import { createSource } from './__testUtils__/createSource';
import { importCommits } from './__testUtils__/importCommits';
import { deployment } from './__testUtils__/manifests';
import type { GitSource } from './GitSource';

const folderOfCart = 'apps/cart/overlays/production';

function release(version: string, replicas = 1) {
  return {
    [`${folderOfCart}/deployment.yaml`]: deployment({
      name: 'cart',
      image: `tern/cart:${version}`,
      replicas,
    }),
  };
}

let folders: string[] = [];
let sources: GitSource[] = [];

describe.each(['gitops', 'application'] as const)('role %s', role => {
  runConnectorKit({
    name: `git, ${role}`,
    async start() {
      const folder = mkdtempSync(join(tmpdir(), 'day2-kit-'));
      folders.push(folder);
      const bare = join(folder, 'bare', 'repository.git');
      const numbers = Array.from({ length: 160 }, (_, index) => index + 1);
      // Several imports, so that there are several packs.
      for (const part of [0, 1, 2, 3]) {
        const own = numbers.slice(part * 40, (part + 1) * 40);
        importCommits({
          bare,
          start: Date.UTC(2026, 0, 1 + part),
          commits: own.map(n => ({
            message: `Release 1.0.${n} (#${n})`,
            files: release(`1.0.${n}`, 1 + (n % 3)),
            tag: n % 40 === 0 ? `v1.0.${n}` : undefined,
          })),
        });
      }
      const server = await createGitServer({ directory: join(folder, 'bare') });
      return {
        url: server.url,
        close: () => server.close(),
        minimum: { observations: 320, batches: 2 },
        async breakItems() {
          importCommits({
            bare,
            start: Date.UTC(2026, 1, 1),
            commits: [
              {
                message: 'A good file among bad ones',
                files: {
                  ...release('2.0.0'),
                  [`${folderOfCart}/broken.yaml`]: 'a: [1\nb: }',
                  [`${folderOfCart}/template.yaml`]:
                    'name: {{ .Release.Name }}\n',
                  [`${folderOfCart}/image.yaml`]: 'a\0b',
                },
              },
            ],
          });
          const sha = execFileSync('git', ['rev-parse', 'main'], { cwd: bare });
          return {
            stillThere: [`${sha.toString().trim()}:change`],
            // The commits of an application are read whatever their files are.
            unreadable: role === 'gitops' ? 3 : 0,
          };
        },
        async dropThird() {
          const packs = join(bare, 'objects', 'pack');
          const [first] = readdirSync(packs).filter(name =>
            name.endsWith('.pack'),
          );
          rmSync(join(packs, first));
        },
        async addItem() {
          importCommits({
            bare,
            start: Date.UTC(2026, 2, 1),
            commits: [{ message: 'One more', files: release('3.0.0') }],
          });
        },
      };
    },
    async create({ url, timeoutMs, secret }) {
      const source = createSource({
        directory: join(
          folders[folders.length - 1],
          'mirrors',
          String(sources.length),
        ),
        networkTimeoutMs: timeoutMs,
        repository: {
          name: 'kit',
          url: `${url}/repository.git`,
          role,
          token: secret,
        },
      });
      sources.push(source);
      return source;
    },
    async cleanUp() {
      for (const source of sources) {
        source.close();
      }
      for (const folder of folders) {
        rmSync(folder, { recursive: true, force: true });
      }
      sources = [];
      folders = [];
    },
  });
});
