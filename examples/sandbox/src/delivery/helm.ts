import type { DeliveryWriter } from './DesiredState';
import { imageOf } from './workload';
import { yaml } from './yaml';

const deploymentTemplate = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}
  labels:
    {{- include "common.labels" . | nindent 4 }}
spec:
  replicas: {{ .Values.replicaCount }}
  template:
    metadata:
      {{- with .Values.podAnnotations }}
      annotations:
        {{- toYaml . | nindent 8 }}
      {{- end }}
    spec:
      containers:
        - name: {{ .Chart.Name }}
          image: "{{ .Values.image.repository }}:{{ .Values.image.tag }}"
          env:
            {{- range $name, $value := .Values.env }}
            - name: {{ $name }}
              value: {{ $value | quote }}
            {{- end }}
          resources:
            {{- toYaml .Values.resources | nindent 12 }}
`;

/**
 * `charts/<service>` and `environments/<environment>/<service>/values.yaml` in
 * tern-helm.
 */
export const helm: DeliveryWriter = {
  repository: 'tern-helm',

  slots() {
    return [
      { environment: 'development' },
      { environment: 'staging' },
      { environment: 'production' },
    ];
  },

  commonFiles(spec) {
    const chart = `charts/${spec.name}`;
    return new Map([
      [
        `${chart}/Chart.yaml`,
        yaml({
          apiVersion: 'v2',
          name: spec.name,
          description: spec.description,
          type: 'application',
          version: '1.0.0',
        }),
      ],
      [
        `${chart}/values.yaml`,
        yaml({
          image: { repository: imageOf(spec) },
          replicaCount: 1,
          podAnnotations: {},
          env: {},
          resources: {},
        }),
      ],
      [`${chart}/templates/deployment.yaml`, deploymentTemplate],
      [
        `${chart}/templates/_helpers.tpl`,
        '{{- define "common.labels" -}}\napp.kubernetes.io/name: {{ .Chart.Name }}\n{{- end }}\n',
      ],
    ]);
  },

  files({ spec, slot, state }) {
    return new Map([
      [
        `environments/${slot.environment}/${spec.name}/values.yaml`,
        yaml({
          image: { repository: imageOf(spec), tag: state.version },
          replicaCount: state.replicas,
          ...(state.restartedAt && {
            podAnnotations: { restartedAt: state.restartedAt },
          }),
          resources: {
            requests: { cpu: state.cpu, memory: state.memory },
            limits: { memory: state.memory },
          },
          env: state.config,
        }),
      ],
    ]);
  },

  places({ spec, slot, setting }) {
    const place = (field: string) => ({
      file: `environments/${slot.environment}/${spec.name}/values.yaml`,
      field,
    });
    switch (setting) {
      case 'replicas':
        return [place('replicaCount')];
      case 'cpu':
        return [place('resources.requests.cpu')];
      case 'memory':
        return [
          place('resources.requests.memory'),
          place('resources.limits.memory'),
        ];
      case 'restartedAt':
        return [place('podAnnotations.restartedAt')];
      default:
        return [place(`env.${setting}`)];
    }
  },
};
