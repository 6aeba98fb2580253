import { at, listAt, textAt } from '../desired/yaml';
import type { References } from './References';
import { isExactVersion, shown } from './remotes';

const resourceKeys = [
  'resources',
  'bases',
  'components',
  'crds',
  'generators',
  'transformers',
  'validators',
];
const patchKeys = ['patches', 'patchesJson6902', 'replacements'];
const fileKeys = ['patchesStrategicMerge', 'configurations'];
const generatorKeys = ['configMapGenerator', 'secretGenerator'];

/** What a Kustomization is made of besides itself. */
export function kustomizationReferences(value: unknown): References {
  const lists = (keys: string[]) => keys.flatMap(key => listAt(value, key));
  const charts = listAt(value, 'helmCharts');
  const chartHome = textAt(value, 'helmGlobals', 'chartHome') ?? 'charts';
  const isLocal = (chart: unknown) => textAt(chart, 'repo') === undefined;
  return {
    resources: texts(lists(resourceKeys)),
    files: texts([
      ...lists(fileKeys),
      ...lists(patchKeys).map(item => at(item, 'path')),
      at(value, 'openapi', 'path'),
      ...lists(generatorKeys).flatMap(generator => [
        ...texts(listAt(generator, 'files')).map(afterEquals),
        ...listAt(generator, 'envs'),
        at(generator, 'env'),
      ]),
      ...charts.flatMap(chart => [
        at(chart, 'valuesFile'),
        ...listAt(chart, 'additionalValuesFiles'),
      ]),
    ]),
    charts: texts(
      charts.filter(isLocal).map(chart => {
        const name = textAt(chart, 'name');
        return name && `${chartHome}/${name}`;
      }),
    ),
    unfollowed: charts.flatMap(chart =>
      isLocal(chart) || isExactVersion(textAt(chart, 'version'))
        ? []
        : `whatever version of the chart ${shown(
            textAt(chart, 'name') ?? '',
          )} is newest`,
    ),
  };
}

/** References alone: what is written out in place has several lines. */
function texts(items: unknown[]): string[] {
  return items.filter(
    (item): item is string =>
      typeof item === 'string' && item !== '' && !item.includes('\n'),
  );
}

function afterEquals(item: string): string {
  return item.slice(item.indexOf('=') + 1);
}
