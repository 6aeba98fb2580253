import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { FoundFile } from './FoundFile';
import { objectivesOfFiles } from './objectivesOfFiles';

const data = resolve(__dirname, '../../../../../../shared/data/openslo');
const hasData = existsSync(data);
const entity = {
  ref: 'component:default/web',
  name: 'web',
  etag: 'one',
  location: { type: 'url' as const, target: 'https://git.tern.example/a.yaml' },
};

async function observed(change = (text: string) => text) {
  const files = new Map<string, FoundFile>(
    readdirSync(data)
      .filter(name => name.endsWith('.yaml'))
      .map(name => {
        const text = change(readFileSync(join(data, name), 'utf8'));
        return [name, { kind: 'text', text }];
      }),
  );
  const { observations } = await objectivesOfFiles({
    entity,
    files,
    isShared: false,
    isKnown: false,
  });
  return observations.map(({ key, line, objective, invalid }) => ({
    key: key.replace(`${entity.ref}#`, ''),
    line,
    told: objective ? objective.target : `${invalid?.path} ${invalid?.reason}`,
  }));
}

(hasData ? describe : describe.skip)(
  'real files of OpenSLO, where they are beside the repository',
  () => {
    it('are told each by its line', async () => {
      const lineIn = (file: string, text: string, after = '') => {
        const all = readFileSync(join(data, file), 'utf8');
        const at = all.indexOf(text, all.indexOf(after));
        return all.slice(0, at).split('\n').length;
      };
      const found = await observed();
      expect(found).toContainEqual({
        key: 'slos.yaml#web-availability',
        line: lineIn('slos.yaml', 'timeSliceWindow'),
        told: expect.stringContaining('slices of 1m are not measured'),
      });
      expect(found).toContainEqual({
        key: 'slis.yaml#SLI:annotator-throughput',
        line: lineIn('slis.yaml', 'thresholdMetric', 'annotator-throughput'),
        told: expect.stringContaining('a thresholdMetric is not measured'),
      });
      for (const { line } of found) {
        expect(line).toBeGreaterThan(0);
      }
    });

    it('keep the key as they become valid', async () => {
      const found = await observed(text =>
        text.replace('timeSliceWindow: 1m', 'timeSliceWindow: 5m'),
      );
      expect(found).toContainEqual({
        key: 'slos.yaml#web-availability',
        line: expect.any(Number),
        told: 0.995,
      });
    });
  },
);
