import { resolve } from 'node:path';
import { readCatalogFolders } from './configCatalogFolders';

it.each([
  [[{ type: 'file', target: '/catalog/all.yaml' }], ['/catalog']],
  [[{ type: 'file', target: '/catalog/*/catalog-info.yaml' }], ['/catalog']],
  [[{ type: 'file', target: '/*.yaml' }], ['/']],
  [[{ type: 'file', target: 'there/a.yaml' }], [resolve('there')]],
  [[{ type: 'url', target: 'https://git.example/catalog-info.yaml' }], []],
  [
    [
      { type: 'file', target: '/a/b.yaml' },
      { type: 'file', target: '/a/c.yaml' },
    ],
    ['/a'],
  ],
  [[{ type: 'file' }, 'file', null], []],
  ['none', []],
  [undefined, []],
])('of %j they are %j', (locations, folders) => {
  expect(readCatalogFolders(locations)).toEqual(folders);
});
