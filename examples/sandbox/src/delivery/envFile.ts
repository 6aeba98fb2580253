import type { ServiceSpec } from '../world/ServiceSpec';
import type { DeliveryWriter } from './DesiredState';
import { helm } from './helm';
import { imageOf } from './workload';

function prefix(spec: ServiceSpec): string {
  return spec.name.toUpperCase().replace(/-/g, '_');
}

/**
 * `<environment>/.env` beside a Compose file in tern-compose: read by a
 * configured pattern, as nothing but its own convention says what it means.
 */
export const envFile: DeliveryWriter = {
  repository: 'tern-compose',

  slots: helm.slots,

  commonFiles(spec) {
    const name = prefix(spec);
    return new Map([
      [
        'compose.yaml',
        `services:\n  ${spec.name}:\n    image: "\${${name}_IMAGE}:\${${name}_TAG}"\n    env_file: .env\n    restart: unless-stopped\n`,
      ],
    ]);
  },

  files({ spec, slot, state }) {
    const name = prefix(spec);
    const lines = [
      `# ${slot.environment} of ${spec.name}; the tag is written by Tern CI`,
      `${name}_IMAGE="${imageOf(spec)}"`,
      `${name}_TAG="${state.version}"`,
      ...Object.entries(state.config).map(
        ([key, value]) => `${key}="${value}"`,
      ),
    ];
    return new Map([[`${slot.environment}/.env`, `${lines.join('\n')}\n`]]);
  },

  places({ slot, state, setting }) {
    return setting in state.config
      ? [{ file: `${slot.environment}/.env`, field: setting }]
      : [];
  },
};
