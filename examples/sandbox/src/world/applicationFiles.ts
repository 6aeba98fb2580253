import { yaml } from '../delivery/yaml';
import { ownerOf } from './ownerOf';
import type { ServiceSpec } from './ServiceSpec';

const areas = ['server', 'storage', 'client', 'limits', 'telemetry'] as const;

/** A file of the source, with the service's own way to declare a constant. */
export interface SourceFile {
  path: string;
  language: ServiceSpec['language'];
}

const extension = { typescript: 'ts', go: 'go', python: 'py' } as const;

/** The source files of a service: of its own folder in a monorepo. */
export function sourceFiles(spec: ServiceSpec, folder?: string): SourceFile[] {
  const root = folder ? `${folder}/` : '';
  return areas.map(area => ({
    path: `${root}src/${area}.${extension[spec.language]}`,
    language: spec.language,
  }));
}

/** The path of the file that lists a service's libraries. */
export function dependencyFile(spec: ServiceSpec): string {
  switch (spec.language) {
    case 'go':
      return 'go.mod';
    case 'python':
      return 'requirements.txt';
    default:
      return 'package.json';
  }
}

/** The file's text with a constant set: changed where it stands, else added. */
export function setConstant(options: {
  text: string;
  language: ServiceSpec['language'];
  name: string;
  value: number;
}): string {
  const { text, language, name, value } = options;
  const snake = name.replace(/[A-Z]/g, c => `_${c}`).toUpperCase();
  const [start, line] = {
    typescript: [`export const ${name} = `, `export const ${name} = ${value};`],
    go: [`const ${name} = `, `const ${name} = ${value}`],
    python: [`${snake} = `, `${snake} = ${value}`],
  }[language];
  const lines = text.split('\n');
  const at = lines.findIndex(l => l.startsWith(start));
  if (at < 0) {
    lines.splice(lines.length - 1, 0, line);
  } else {
    lines[at] = line;
  }
  return lines.join('\n');
}

/** A dependency file's text with a library at that version. */
export function setDependency(options: {
  text: string;
  language: ServiceSpec['language'];
  name: string;
  version: string;
}): string {
  const { text, language, name, version } = options;
  if (language === 'typescript') {
    const content = JSON.parse(text) as { dependencies: object };
    content.dependencies = { ...content.dependencies, [name]: version };
    return `${JSON.stringify(content, undefined, 2)}\n`;
  }
  const [start, line] =
    language === 'go'
      ? [`require ${name} `, `require ${name} v${version}`]
      : [`${name}==`, `${name}==${version}`];
  const lines = text.split('\n').filter(l => !l.startsWith(start));
  lines.splice(lines.length - 1, 0, line);
  return lines.join('\n');
}

/** The first commit of an application repository. */
export function initialApplicationFiles(
  repository: string,
  specs: ServiceSpec[],
): Map<string, string> {
  const files = new Map<string, string>();
  const [first] = specs;
  files.set(
    'README.md',
    `# ${repository}\n\n${specs
      .map(s => `- **${s.name}**: ${s.description}.`)
      .join(
        '\n',
      )}\n\nPart of Tern Outfitters, a company that does not exist.\n`,
  );
  files.set(
    'catalog-info.yaml',
    yaml(
      ...specs.map(spec => ({
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        metadata: { name: spec.name, description: spec.description },
        spec: {
          type: 'service',
          lifecycle: 'production',
          owner: ownerOf(spec),
          system: spec.system,
        },
      })),
    ),
  );
  const dependencies = {
    typescript: `${JSON.stringify(
      { name: repository, private: true, dependencies: {} },
      undefined,
      2,
    )}\n`,
    go: `module git.tern.example/${repository}\n\ngo 1.25\n`,
    python: '# pinned by Renovate\n',
  };
  files.set(dependencyFile(first), dependencies[first.language]);
  for (const spec of specs) {
    for (const folder of spec.folders ?? [undefined]) {
      for (const { path, language } of sourceFiles(spec, folder)) {
        files.set(path, sourceHeader(path, language));
      }
    }
  }
  return files;
}

function sourceHeader(path: string, language: ServiceSpec['language']): string {
  const name = path.split('/').at(-1)!.split('.')[0];
  switch (language) {
    case 'go':
      return `package main\n\n// ${name}\n`;
    case 'python':
      return `"""${name}"""\n\n`;
    default:
      return `// ${name}\n`;
  }
}
